import type { ConnectorAccount } from '#kit/connector.ts';
import { invalid } from '#kit/errors.ts';

/** A merchant's account: PxPay and PxPost have separate logins to the same books. */
export interface WindcaveAccount {
  readonly pxPayUserId: string;
  readonly pxPayKey: string;
  readonly postUsername: string;
  readonly postPassword: string;
  readonly pxPayUrl: string;
  readonly pxPostUrl: string;
}

export const accountFields = [
  { name: 'pxPayUserId', secret: false, about: 'PxPay 2.0 user id' },
  { name: 'pxPayKey', secret: true, about: 'PxPay 2.0 key: 64 hexadecimal characters' },
  { name: 'postUsername', secret: false, about: 'PxPost user name' },
  { name: 'postPassword', secret: true, about: 'PxPost password' },
  {
    name: 'baseUrl',
    secret: false,
    about: 'https://sec.windcave.com, or https://uat.windcave.com for tests',
  },
] as const;

type FieldName = (typeof accountFields)[number]['name'];

/**
 * Reads the fields of an account. Throws a `validation_failed` CoreError that names the field and never its value:
 * a credential that cannot be written to the wire must fail here, not in the middle of a payment.
 */
export function readAccount(account: ConnectorAccount): WindcaveAccount {
  const base = readBaseUrl(account);
  return {
    pxPayUserId: readPrintable(account, 'pxPayUserId', 32),
    pxPayKey: readPrintable(account, 'pxPayKey', 64),
    postUsername: readPrintable(account, 'postUsername', 32),
    postPassword: readPrintable(account, 'postPassword', 32),
    pxPayUrl: new URL('/pxaccess/pxpay.aspx', base).href,
    pxPostUrl: new URL('/pxpost.aspx', base).href,
  };
}

function readPrintable(account: ConnectorAccount, name: FieldName, maxLength: number): string {
  const value = account[name] ?? '';
  if (value === '') throw invalid(name, 'missing_field', `${name} is required.`);
  if (value.length > maxLength || !/^[\x20-\x7e]+$/.test(value)) {
    throw invalid(name, 'invalid_format', `${name} must be at most ${maxLength} printable ASCII characters.`);
  }
  return value;
}

function readBaseUrl(account: ConnectorAccount): URL {
  const url = URL.parse(account.baseUrl ?? '');
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw invalid(
      'baseUrl',
      'invalid_format',
      'baseUrl must be an absolute http(s) URL without credentials.',
    );
  }
  return url;
}
