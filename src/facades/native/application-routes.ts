/** The rows of the native table about applications that act for a tenant once it agreed. */
import Type from 'typebox';
import { listApplications } from '#core/grants/list-applications.ts';
import { type NewApplication, registerApplication } from '#core/grants/register-application.ts';
import { readCredential } from '#core/tenants/read-credentials.ts';
import type { Route } from '#http/facade.ts';
import { closed, nullable, page } from './schemas.ts';
import { newCredential } from './tenant-schemas.ts';

const newApplication = closed({
  facade: Type.String({ pattern: '^[a-z][a-z-]{0,31}$', description: 'The façade it will use' }),
  account: newCredential.properties.account,
  label: Type.String({ minLength: 1, maxLength: 200, description: 'How the consent page calls it' }),
  isPublic: Type.Boolean({ description: 'Whether it cannot keep a secret, and is given none' }),
  redirectUris: Type.Array(Type.String({ minLength: 1, maxLength: 1_000 }), {
    minItems: 1,
    maxItems: 10,
    uniqueItems: true,
    description: 'Where users may be sent back to, compared whole: https, or http to localhost',
  }),
});

const applications = page(
  Type.Object({
    credentialId: Type.String({ format: 'uuid' }),
    clientId: Type.String(),
    ...newApplication.properties,
    account: nullable(Type.String()),
  }),
);

export const applicationRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/applications',
    summary: 'List the applications that may ask for consent, newest first',
    status: 200,
    answer: applications,
    handle: async ({ core, call }) => ({
      body: { data: (await listApplications(core, call.tenant)).map(writeApplication), next: null },
    }),
  },
  {
    method: 'POST',
    path: '/applications',
    summary: 'Register an application; revoking its credential ends it and all its tokens',
    body: newApplication,
    status: 201,
    answer: Type.Object({
      credentialId: Type.String({ format: 'uuid' }),
      clientId: Type.String(),
      clientSecret: nullable(Type.String({ description: 'Shown this once. Null for a public one' })),
    }),
    handle: async ({ core, call, body }) => {
      const { result, replayed, secret } = await registerApplication(core, call, body as NewApplication);
      const { id, lookup } = await readCredential(core, call.tenant, result.credentialId);
      return { body: { credentialId: id, clientId: lookup, clientSecret: secret }, replayed };
    },
  },
];

function writeApplication(application: Awaited<ReturnType<typeof listApplications>>[number]) {
  const { credentialId, clientId, facade, account, label, isPublic, redirectUris } = application;
  return { credentialId, clientId, facade, account, label, isPublic, redirectUris };
}
