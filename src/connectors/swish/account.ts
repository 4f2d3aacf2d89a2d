import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { ClientCertificate, ConnectorAccount } from '#kit/connector.ts';
import { invalid } from '#kit/errors.ts';

/** A merchant's Swish number, and where and as whom it is spoken for. */
export interface SwishAccount {
  readonly payeeAlias: string;
  /** Ends in `/swish-cpcapi/api/`. */
  readonly apiUrl: string;
  /** Absent only where the other side is a simulator without TLS. */
  readonly clientCertificate?: ClientCertificate;
}

export const accountFields = [
  { name: 'payeeAlias', secret: false, about: 'Swish number of the merchant: ten digits' },
  {
    name: 'baseUrl',
    secret: false,
    about: 'https://cpc.getswish.net, or https://mss.cpc.getswish.net for tests',
  },
  { name: 'certificate', secret: true, about: 'Swish client certificate with its chain, PEM' },
  { name: 'key', secret: true, about: 'private key of the certificate, PEM without a passphrase' },
  {
    name: 'authority',
    secret: true,
    about: "who signed Swish's own certificate, PEM; may be empty where the system knows them",
  },
] as const;

/**
 * Reads the fields of an account. Throws a `validation_failed` CoreError that names the field and never its value: a
 * certificate that cannot be used must fail here, not in the middle of a payment.
 */
export function readAccount(account: ConnectorAccount): SwishAccount {
  const base = readBaseUrl(account);
  const { payeeAlias = '' } = account;
  if (!/^\d{10}$/.test(payeeAlias))
    throw invalid('payeeAlias', 'invalid_format', 'payeeAlias must be ten digits.');
  const clientCertificate = readCertificate(account);
  if (clientCertificate === undefined && base.protocol === 'https:')
    throw invalid('certificate', 'missing_field', 'certificate is required.');
  return {
    payeeAlias,
    apiUrl: new URL('/swish-cpcapi/api/', base).href,
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
  };
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

function readCertificate(account: ConnectorAccount): ClientCertificate | undefined {
  const { certificate = '', key = '', authority = '' } = account;
  if (certificate === '' && key === '') return undefined;
  const read = parse('certificate', () => new X509Certificate(certificate));
  const privateKey = parse('key', () => createPrivateKey(key));
  if (!read.checkPrivateKey(privateKey))
    throw invalid('key', 'invalid_format', 'key is not the private key of certificate.');
  if (authority !== '') parse('authority', () => new X509Certificate(authority));
  return { certificate, key, ...(authority === '' ? {} : { authority }) };
}

function parse<Result>(name: 'certificate' | 'key' | 'authority', read: () => Result): Result {
  try {
    return read();
  } catch {
    throw invalid(name, 'invalid_format', `${name} must be PEM.`);
  }
}
