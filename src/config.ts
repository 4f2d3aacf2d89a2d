/** The only reader of the environment. A value that makes no sense stops the start with a sentence that says what to set. */
import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

export interface Config {
  /** Demo: test tenants with known keys, simulators, loopback only. Production: none of these. */
  readonly mode: 'demo' | 'production';
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string | undefined;
  readonly dataDirectory: string;
  readonly publicUrl: string;
  /** The first seals and opens; the others only open what was sealed with them. */
  readonly masterKeys: readonly [Buffer, ...Buffer[]];
  readonly simulatorUrl: string | undefined;
  readonly logLevel: string;
  /** Proxies whose X-Forwarded-* headers are believed: addresses or ranges. */
  readonly trustedProxies: readonly string[];
  /** How live tenants' messages go out. */
  readonly channels: Channels;
  /** Last part of the address that an SMS provider sends answers to; undefined takes none. */
  readonly replyToken: string | undefined;
}

type Channels = Readonly<
  Partial<
    Record<'sms' | 'email', { readonly channel: string; readonly settings: Readonly<Record<string, string>> }>
  >
>;

/** A sentence for the person who starts the program. */
export class ConfigError extends Error {}

/**
 * The demo's master key, so that demo credentials are the same after a restart and on every node of one database. It is
 * no secret, and production refuses to start with it.
 */
export const demoMasterKey: Buffer = createHash('sha256').update('quittance demo, not for money').digest();

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'];

/** Reads the configuration of `demo` or `production` from an environment such as `process.env`. */
export function readConfig(mode: Config['mode'], environment: NodeJS.ProcessEnv = process.env): Config {
  const port = readPort(environment.PORT);
  return {
    mode,
    port,
    host: mode === 'demo' ? 'localhost' : '0.0.0.0',
    databaseUrl: readDatabaseUrl(mode, environment),
    dataDirectory: environment.QUITTANCE_DATA || './data',
    publicUrl: readPublicUrl(mode, environment.PUBLIC_URL, port),
    masterKeys: readMasterKeys(mode, environment),
    simulatorUrl: readSimulatorUrl(environment.SIMULATOR_URL),
    logLevel: readLogLevel(mode, environment.LOG_LEVEL),
    trustedProxies: readTrustedProxies(environment.QUITTANCE_TRUSTED_PROXIES),
    channels: readChannels(environment),
    replyToken: readReplyToken(environment.SMS_REPLY_TOKEN),
  };
}

function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return 4000;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65535) return port;
  throw new ConfigError(`PORT is "${text}": set it to a number from 0 to 65534.`);
}

function readDatabaseUrl(mode: Config['mode'], environment: NodeJS.ProcessEnv): string | undefined {
  const url = environment.DATABASE_URL;
  if (url !== undefined && url !== '') {
    if (/^postgres(ql)?:\/\//.test(url)) return url;
    throw new ConfigError(
      'DATABASE_URL is not a PostgreSQL address: set it to postgres://user:password@host:port/database.',
    );
  }
  if (mode === 'demo' || environment.QUITTANCE_EMBEDDED === 'allow') return undefined;
  throw new ConfigError(
    'No database: set DATABASE_URL, or set QUITTANCE_EMBEDDED=allow to keep real money in the embedded store.',
  );
}

function readPublicUrl(mode: Config['mode'], text: string | undefined, port: number): string {
  if (text === undefined || text === '') {
    if (mode === 'demo') return `http://localhost:${port}`;
    throw new ConfigError(
      'Nobody knows where payers reach this server: set PUBLIC_URL to its https address.',
    );
  }
  const url = URL.parse(text);
  const plain = url?.protocol === 'http:' && (mode === 'demo' || url.hostname === 'localhost');
  if (url !== null && (url.protocol === 'https:' || plain) && url.search === '' && url.hash === '')
    return text.replace(/\/+$/, '');
  throw new ConfigError(`PUBLIC_URL is "${text}": set it to an https address without a query.`);
}

function readMasterKeys(mode: Config['mode'], environment: NodeJS.ProcessEnv): [Buffer, ...Buffer[]] {
  const first = readMasterKey(mode, environment.QUITTANCE_MASTER_KEY);
  const others = splitList(environment.QUITTANCE_OTHER_MASTER_KEYS).map((text) => {
    const key = Buffer.from(text, 'base64');
    if (key.length === 32) return key;
    throw new ConfigError('QUITTANCE_OTHER_MASTER_KEYS has one that is not 32 bytes in base64: mend it.');
  });
  const all = [first, ...others];
  if (new Set(all.map((key) => key.toString('hex'))).size === all.length) return [first, ...others];
  throw new ConfigError('QUITTANCE_OTHER_MASTER_KEYS names a master key twice: leave out one of the two.');
}

function readMasterKey(mode: Config['mode'], text: string | undefined): Buffer {
  if (text === undefined || text === '') {
    if (mode === 'demo') return demoMasterKey;
    throw new ConfigError(
      'Secrets cannot be kept: set QUITTANCE_MASTER_KEY to 32 random bytes in base64 (openssl rand -base64 32).',
    );
  }
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32)
    throw new ConfigError(
      'QUITTANCE_MASTER_KEY is not 32 bytes in base64: make one with openssl rand -base64 32.',
    );
  if (mode === 'production' && key.equals(demoMasterKey)) {
    throw new ConfigError(
      "QUITTANCE_MASTER_KEY is the demo's, which everybody knows: make one with openssl rand -base64 32.",
    );
  }
  return key;
}

function readSimulatorUrl(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (/^https?:$/.test(URL.parse(text)?.protocol ?? '')) return text.replace(/\/+$/, '');
  throw new ConfigError(
    `SIMULATOR_URL is "${text}": set it to the simulators' address, http://localhost:4001.`,
  );
}

function splitList(text = ''): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
}

function readTrustedProxies(text: string | undefined): string[] {
  const proxies = splitList(text);
  const wrong = proxies.find((one) => isIP(one) === 0 && !ipaddr.isValidCIDR(one));
  if (wrong === undefined) return proxies;
  throw new ConfigError(
    `QUITTANCE_TRUSTED_PROXIES has "${wrong}": set it to addresses or ranges, such as 10.0.0.0/8, with commas between.`,
  );
}

function readLogLevel(mode: Config['mode'], text: string | undefined): string {
  if (text === undefined || text === '') return mode === 'demo' ? 'warn' : 'info';
  if (logLevels.includes(text)) return text;
  throw new ConfigError(`LOG_LEVEL is "${text}": set it to one of ${logLevels.join(', ')}.`);
}

/** E-mail through an SMTP server, SMS through 46elks or Twilio, each where its variables are set. */
function readChannels(environment: NodeJS.ProcessEnv): Channels {
  const smtp = environment.SMTP_URL;
  const elks = environment.ELKS_USERNAME;
  const twilio = environment.TWILIO_ACCOUNT_SID;
  if (elks && twilio)
    throw new ConfigError('SMS go one way: set ELKS_USERNAME or TWILIO_ACCOUNT_SID, not both.');
  return {
    ...(smtp ? { email: { channel: 'smtp', settings: readSmtp(smtp, environment.EMAIL_FROM) } } : {}),
    ...(elks ? { sms: { channel: 'sms-46elks', settings: readElks(elks, environment) } } : {}),
    ...(twilio ? { sms: { channel: 'sms-twilio', settings: readTwilio(twilio, environment) } } : {}),
  };
}

/** A number, or a name that every operator shows (46elks, "Sender ID"; Twilio, "Alphanumeric Sender ID"). */
const senderPattern = /^(?:\+[1-9]\d{5,14}|[A-Za-z][A-Za-z0-9]{2,10})$/;

function readSmsSender(environment: NodeJS.ProcessEnv): string {
  const from = environment.SMS_FROM ?? '';
  if (senderPattern.test(from)) return from;
  throw new ConfigError(
    `SMS_FROM is "${from}": set it to a number such as +46700000000, or to 3 to 11 letters and digits.`,
  );
}

function readElks(username: string, environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const password = environment.ELKS_PASSWORD;
  if (!password) throw new ConfigError('ELKS_USERNAME needs its password: set ELKS_PASSWORD.');
  return { username, password, from: readSmsSender(environment) };
}

function readTwilio(accountSid: string, environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const authToken = environment.TWILIO_AUTH_TOKEN;
  if (!/^AC[0-9a-f]{32}$/.test(accountSid))
    throw new ConfigError(
      'TWILIO_ACCOUNT_SID is not one: set it to AC and 32 hexadecimal digits, as the console shows it.',
    );
  if (!authToken) throw new ConfigError('TWILIO_ACCOUNT_SID needs its token: set TWILIO_AUTH_TOKEN.');
  return { accountSid, authToken, from: readSmsSender(environment) };
}

/** Shorter, and somebody might find it by trying. */
const replyTokenPattern = /^[A-Za-z0-9_-]{24,128}$/;

function readReplyToken(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  if (replyTokenPattern.test(text)) return text;
  throw new ConfigError(
    'SMS_REPLY_TOKEN can be guessed: set it to 24 to 128 letters and digits, such as openssl rand -hex 24 makes.',
  );
}

function readSmtp(text: string, from: string | undefined): Readonly<Record<string, string>> {
  const url = URL.parse(text);
  if (url === null || !/^smtps?:$/.test(url.protocol)) {
    throw new ConfigError(
      'SMTP_URL is not an SMTP address: set it to smtps://user:password@host:465 or smtp://user:password@host:587.',
    );
  }
  if (!from) throw new ConfigError('E-mails need a sender: set EMAIL_FROM to the address they come from.');
  const tls = url.protocol === 'smtps:';
  return {
    host: url.hostname,
    port: url.port || (tls ? '465' : '587'),
    security: tls ? 'tls' : 'starttls',
    from,
    ...(url.username === ''
      ? {}
      : { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }),
  };
}
