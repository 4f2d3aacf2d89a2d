import { importPractice } from '../../core/practice/import-practice.ts';
import { readPracticeIds } from '../../core/practice/read-practice.ts';
import { createAccessToken } from '../../core/tenants/create-access-token.ts';
import { createCredential } from '../../core/tenants/create-credential.ts';
import { currency } from '../../kit/currency.ts';
import type { CredentialId } from '../../kit/ids.ts';
import { demoId, demoSecret } from '../derive.ts';
import type { DemoPart } from '../part.ts';

const sek = currency('SEK');

/** Enough to be paid by many links. */
const invoiceMinor = 50_000_000;

export const part: DemoPart = {
  seed: async (core, { tenant }) => {
    const provetId = demoId(tenant.name, 'practice').replaceAll('-', '').slice(0, 8);
    const credentialId = demoId(tenant.name, 'provet-cloud') as CredentialId;
    const clientId = demoId(tenant.name, 'provet-cloud client');
    const clientSecret = demoSecret(tenant.name, 'provet-cloud');
    const token = demoSecret(tenant.name, 'provet-cloud token');
    await createCredential(core, tenant, {
      id: credentialId,
      facade: 'provet-cloud',
      lookup: clientId,
      secret: clientSecret,
      account: provetId,
      label: 'demo',
    });
    await createAccessToken(core, {
      tenantId: tenant.id,
      facade: 'provet-cloud',
      credentialId,
      lasting: token,
    });
    await importPractice(core, { tenant, origin: 'provet-cloud' }, practice);
    const book = `${core.publicUrl}/${provetId}`;
    const base = `${book}/api/0.1`;
    const id = async (kind: 'department' | 'user' | 'client' | 'invoice', externalId: string) =>
      (await readPracticeIds(core, tenant, kind, [externalId])).get(externalId);
    return {
      provetCloud: {
        base,
        headers: { authorization: `Bearer ${token}` },
        tokenUrl: `${book}/oauth2/token/`,
        clientId,
        clientSecret,
        department: `${base}/department/${await id('department', 'surgery')}/`,
        departmentWithoutProvetPay: `${base}/department/${await id('department', 'stables')}/`,
        user: `${base}/user/${await id('user', 'vet')}/`,
        practiceClientId: Number(await id('client', 'bertil')),
        invoice: `${base}/invoice/${await id('invoice', 'hip')}/`,
      },
    };
  },
};

/** One clinic with one owner and one bill; the stables take no links. */
const practice = {
  department: [
    {
      externalId: 'surgery',
      fields: { name: 'Djurkliniken', currency: sek, allowsLinks: true },
      references: {},
    },
    {
      externalId: 'stables',
      fields: { name: 'Hästkliniken', currency: sek, allowsLinks: false },
      references: {},
    },
  ],
  user: [
    {
      externalId: 'vet',
      fields: { username: 'vet', firstName: 'Vera', lastName: 'Vet' },
      references: {},
    },
  ],
  paymentmethod: [],
  client: [
    {
      externalId: 'bertil',
      fields: { firstName: 'Bertil', lastName: 'Jönsson', email: 'bertil@example.com' },
      references: { homeDepartmentId: 'surgery' },
    },
  ],
  phonenumber: [
    {
      externalId: 'bertil-mobile',
      fields: { number: '+46700000000', description: '', preferred: true },
      references: { clientId: 'bertil' },
    },
  ],
  invoice: [
    {
      externalId: 'hip',
      fields: {
        number: '1001',
        status: 3,
        currency: sek,
        totalMinor: invoiceMinor,
        dueMinor: invoiceMinor,
      },
      references: { clientId: 'bertil', departmentId: 'surgery' },
    },
  ],
};
