import type { Authenticator, Caller } from '#core/tenants/authenticate.ts';
import type { ErrorAnswer, Headers } from '#http/facade.ts';
import { writeError } from './errors.ts';

export const security = {
  keys: {
    type: 'http',
    scheme: 'basic',
    description:
      'The software’s API key as user name, the merchant’s as password: `test_…` or `live_…`, both.',
  },
};

/** The façades under which the two kinds of keys are kept: the merchant's is the dialect's own. */
const merchantKeys = 'provet-payments';
const softwareKeys = 'provet-payments-software';

/** The mode stands in front, so that nobody mistakes a live key for a test one. */
const keyPattern = /^(test|live)_([0-9a-f-]{36})_([A-Za-z0-9_-]{1,128})$/;

/**
 * Both keys must be good, of one merchant, and of the merchant's mode (seed: layers 1 and 2). Which softwares may be
 * used with a merchant's book is the merchant's to say: a software key is issued for it.
 */
export async function authenticate(
  headers: Headers,
  authenticator: Authenticator,
): Promise<Caller | undefined> {
  const [software, merchant] = readKeys(headers.authorization ?? '');
  if (software === undefined || merchant === undefined) return undefined;
  const [approved, tenant] = await Promise.all([
    authenticator.authenticate(softwareKeys, software.lookup, software.secret),
    authenticator.authenticate(merchantKeys, merchant.lookup, merchant.secret),
  ]);
  if (approved === undefined || tenant === undefined || approved.id !== tenant.id) return undefined;
  return software.mode === tenant.mode && merchant.mode === tenant.mode ? tenant : undefined;
}

interface Key {
  readonly mode: string;
  readonly lookup: string;
  readonly secret: string;
}

/** User name and password of Basic (RFC 7617), each read as a key. */
function readKeys(authorization: string): (Key | undefined)[] {
  const [, encoded] = /^basic ([A-Za-z0-9+/]{1,1024}={0,2})$/i.exec(authorization) ?? [];
  const text = Buffer.from(encoded ?? '', 'base64').toString();
  const colon = text.indexOf(':');
  return colon < 0 ? [] : [readKey(text.slice(0, colon)), readKey(text.slice(colon + 1))];
}

function readKey(text: string): Key | undefined {
  const [, mode, lookup, secret] = keyPattern.exec(text) ?? [];
  if (mode === undefined || lookup === undefined || secret === undefined) return undefined;
  return { mode, lookup, secret };
}

/** Seed: "Calls made over plain HTTP will fail." */
export const plaintextRefusal: ErrorAnswer = {
  status: 426,
  body: writeError('https_required', 'All API requests must be made over HTTPS.'),
  headers: { upgrade: 'TLS/1.2, HTTP/1.1', connection: 'upgrade' },
};
