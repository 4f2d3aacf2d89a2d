import type { ConnectorAccount } from '#kit/connector.ts';
import { invalid } from '#kit/errors.ts';

/** A merchant's account at Verifone's eCommerce gateway. */
export interface VerifoneAccount {
  readonly authorization: string;
  readonly entityId: string;
  readonly paymentContractId: string;
  /** Undefined where cards are taken without 3-D Secure. */
  readonly threeDsContractId: string | undefined;
  readonly checkoutUrl: string;
  readonly transactionsUrl: string;
  /** Where payers may be sent. */
  readonly pageOrigins: readonly string[];
}

export const accountFields = [
  { name: 'userId', secret: false, about: 'user id of the API key (a UUID)' },
  { name: 'apiKey', secret: true, about: 'API key of that user' },
  { name: 'entityId', secret: false, about: 'organisation id in Verifone Central' },
  { name: 'paymentContractId', secret: false, about: 'payment provider contract that takes the cards' },
  {
    name: 'threeDsContractId',
    secret: false,
    about: '3-D Secure contract; empty to take cards without 3-D Secure',
  },
  {
    name: 'baseUrl',
    secret: false,
    about:
      'https://emea.gsc.verifone.cloud, https://us.gsc.verifone.cloud or https://nz.gsc.verifone.cloud by region; ' +
      'https://cst.test-gsc.vfims.com for tests',
  },
  {
    name: 'pageOrigin',
    secret: false,
    about: 'origin of the payment pages, where it is another than baseUrl; else empty',
  },
] as const;

type FieldName = (typeof accountFields)[number]['name'];

/**
 * Reads the fields of an account. Throws a `validation_failed` CoreError that names the field and never its value: a
 * credential that cannot be written to the wire must fail here, not in the middle of a payment.
 */
export function readAccount(account: ConnectorAccount): VerifoneAccount {
  const base = readUrl(account, 'baseUrl');
  const userId = readToken(account, 'userId');
  // The name in a Basic header ends at the first colon.
  if (userId.includes(':')) throw invalid('userId', 'invalid_format', 'userId must not contain a colon.');
  const pages = isEmpty(account, 'pageOrigin') ? base : readUrl(account, 'pageOrigin');
  return {
    authorization: `Basic ${Buffer.from(`${userId}:${readToken(account, 'apiKey')}`).toString('base64')}`,
    entityId: readToken(account, 'entityId'),
    paymentContractId: readToken(account, 'paymentContractId'),
    threeDsContractId: isEmpty(account, 'threeDsContractId')
      ? undefined
      : readToken(account, 'threeDsContractId'),
    checkoutUrl: new URL('/oidc/checkout-service/v2/checkout', base).href,
    transactionsUrl: new URL('/oidc/api/v2/transactions', base).href,
    pageOrigins: [...new Set([base.origin, pages.origin])],
  };
}

function isEmpty(account: ConnectorAccount, name: FieldName): boolean {
  return (account[name] ?? '') === '';
}

function readToken(account: ConnectorAccount, name: FieldName): string {
  const value = account[name] ?? '';
  if (value === '') throw invalid(name, 'missing_field', `${name} is required.`);
  if (value.length > 100 || !/^[\x21-\x7e]+$/.test(value)) {
    throw invalid(
      name,
      'invalid_format',
      `${name} must be at most 100 printable ASCII characters, no spaces.`,
    );
  }
  return value;
}

function readUrl(account: ConnectorAccount, name: FieldName): URL {
  const url = URL.parse(account[name] ?? '');
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw invalid(name, 'invalid_format', `${name} must be an absolute http(s) URL without credentials.`);
  }
  return url;
}
