import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError, demoMasterKey, readConfig } from './config.ts';

const key = Buffer.alloc(32, 7).toString('base64');

/** What production needs, and no more. */
const enough = {
  DATABASE_URL: 'postgres://quittance:secret@db.example.com/quittance',
  PUBLIC_URL: 'https://pay.example.com',
  QUITTANCE_MASTER_KEY: key,
};

const withSmtp = { SMTP_URL: 'smtps://mail.example.com', EMAIL_FROM: 'pay@example.com' };
const withElks = { ELKS_USERNAME: 'u', ELKS_PASSWORD: 'p', SMS_FROM: 'Kliniken' };

const withTwilio = {
  TWILIO_ACCOUNT_SID: `AC${'0123456789abcdef'.repeat(2)}`,
  TWILIO_AUTH_TOKEN: 't',
  SMS_FROM: '+46700000000',
};

const production = (changed: Record<string, string | undefined> = {}) =>
  readConfig('production', { ...enough, ...changed });

/** What makes no sense, and the variable that the sentence must name. */
const refused: readonly [what: string, changed: Record<string, string | undefined>, named: string][] = [
  ['a port that is a word', { PORT: 'http' }, 'PORT'],
  ['a port above all', { PORT: '65535' }, 'PORT'],
  ['a port below all', { PORT: '-1' }, 'PORT'],
  ['a port and a half', { PORT: '4000.5' }, 'PORT'],
  ['no database', { DATABASE_URL: undefined }, 'DATABASE_URL'],
  ['an empty database', { DATABASE_URL: '' }, 'DATABASE_URL'],
  ['another kind of database', { DATABASE_URL: 'mysql://db.example.com/quittance' }, 'DATABASE_URL'],
  ['the embedded store half allowed', { DATABASE_URL: '', QUITTANCE_EMBEDDED: 'yes' }, 'QUITTANCE_EMBEDDED'],
  ['no public address', { PUBLIC_URL: undefined }, 'PUBLIC_URL'],
  ['a public address without TLS', { PUBLIC_URL: 'http://pay.example.com' }, 'PUBLIC_URL'],
  ['a public address with a query', { PUBLIC_URL: 'https://pay.example.com/?a' }, 'PUBLIC_URL'],
  ['a public address that is none', { PUBLIC_URL: 'pay.example.com' }, 'PUBLIC_URL'],
  ['no master key', { QUITTANCE_MASTER_KEY: undefined }, 'QUITTANCE_MASTER_KEY'],
  ['a short master key', { QUITTANCE_MASTER_KEY: key.slice(8) }, 'QUITTANCE_MASTER_KEY'],
  [
    'the demo’s master key',
    { QUITTANCE_MASTER_KEY: demoMasterKey.toString('base64') },
    'QUITTANCE_MASTER_KEY',
  ],
  [
    'another master key that is short',
    { QUITTANCE_OTHER_MASTER_KEYS: 'AAAA' },
    'QUITTANCE_OTHER_MASTER_KEYS',
  ],
  ['the same master key twice', { QUITTANCE_OTHER_MASTER_KEYS: key }, 'QUITTANCE_OTHER_MASTER_KEYS'],
  ['simulators without an address', { SIMULATOR_URL: 'localhost:4001' }, 'SIMULATOR_URL'],
  ['a log level of another program', { LOG_LEVEL: 'verbose' }, 'LOG_LEVEL'],
  ['a proxy by name', { QUITTANCE_TRUSTED_PROXIES: '10.0.0.1, proxy' }, 'QUITTANCE_TRUSTED_PROXIES'],
  ['a range too wide', { QUITTANCE_TRUSTED_PROXIES: '10.0.0.0/99' }, 'QUITTANCE_TRUSTED_PROXIES'],
  ['a mail server on the web', { ...withSmtp, SMTP_URL: 'https://mail.example.com' }, 'SMTP_URL'],
  ['mail from nobody', { ...withSmtp, EMAIL_FROM: '' }, 'EMAIL_FROM'],
  ['SMS without a password', { ...withElks, ELKS_PASSWORD: '' }, 'ELKS_PASSWORD'],
  ['SMS from nobody', { ...withElks, SMS_FROM: undefined }, 'SMS_FROM'],
  ['SMS two ways', { ...withElks, ...withTwilio }, 'TWILIO_ACCOUNT_SID'],
  ['a Twilio account of another kind', { ...withTwilio, TWILIO_ACCOUNT_SID: 'SK1' }, 'TWILIO_ACCOUNT_SID'],
  ['Twilio without its token', { ...withTwilio, TWILIO_AUTH_TOKEN: '' }, 'TWILIO_AUTH_TOKEN'],
  ['a token for answers that can be guessed', { SMS_REPLY_TOKEN: 'secret' }, 'SMS_REPLY_TOKEN'],
  ['SMS from a name too long', { ...withElks, SMS_FROM: 'Djurkliniken AB' }, 'SMS_FROM'],
];

describe('the configuration', () => {
  for (const [what, changed, named] of refused)
    it(`with ${what} is refused in one sentence that names ${named}`, () => {
      assert.throws(
        () => production(changed),
        (error: unknown) => {
          assert.ok(error instanceof ConfigError);
          assert.ok(error.message.includes(named), error.message);
          assert.match(error.message, /^[^\n]+\.$/);
          assert.ok(!error.message.includes('secret@'));
          return true;
        },
      );
    });

  it('of production needs a database, an address and a key; all else has a default', () => {
    const config = production();
    assert.equal(config.port, 4000);
    assert.equal(config.host, '0.0.0.0');
    assert.equal(config.databaseUrl, enough.DATABASE_URL);
    assert.equal(config.dataDirectory, './data');
    assert.equal(config.publicUrl, 'https://pay.example.com');
    assert.deepEqual(config.masterKeys, [Buffer.alloc(32, 7)]);
    assert.equal(config.logLevel, 'info');
    assert.deepEqual([config.trustedProxies, config.channels, config.simulatorUrl], [[], {}, undefined]);
  });

  it('of the demo needs nothing, and listens on this machine alone', () => {
    const config = readConfig('demo', {});
    assert.deepEqual([config.host, config.publicUrl], ['localhost', 'http://localhost:4000']);
    assert.deepEqual([config.databaseUrl, config.masterKeys], [undefined, [demoMasterKey]]);
    assert.equal(config.logLevel, 'warn');
  });

  it('takes every variable as it is documented', () => {
    const config = production({
      ...withElks,
      PORT: '0',
      DATABASE_URL: '',
      QUITTANCE_EMBEDDED: 'allow',
      QUITTANCE_DATA: '/var/lib/quittance',
      PUBLIC_URL: 'https://pay.example.com/shop/',
      SIMULATOR_URL: 'http://localhost:4001/',
      LOG_LEVEL: 'error',
      QUITTANCE_TRUSTED_PROXIES: '10.0.0.1, fd00::/8',
      SMTP_URL: 'smtp://user:p%40ss@mail.example.com',
      EMAIL_FROM: 'pay@example.com',
    });
    assert.deepEqual([config.port, config.databaseUrl], [0, undefined]);
    assert.equal(config.dataDirectory, '/var/lib/quittance');
    assert.equal(config.publicUrl, 'https://pay.example.com/shop');
    assert.equal(config.simulatorUrl, 'http://localhost:4001');
    assert.equal(config.logLevel, 'error');
    assert.deepEqual(config.trustedProxies, ['10.0.0.1', 'fd00::/8']);
    assert.deepEqual(config.channels.sms?.settings, { username: 'u', password: 'p', from: 'Kliniken' });
    assert.equal(config.channels.sms?.channel, 'sms-46elks');
    assert.equal(config.replyToken, undefined);
    const twilio = production({ ...withTwilio, SMS_REPLY_TOKEN: 'a'.repeat(24) });
    assert.deepEqual(twilio.channels.sms, {
      channel: 'sms-twilio',
      settings: { accountSid: withTwilio.TWILIO_ACCOUNT_SID, authToken: 't', from: '+46700000000' },
    });
    assert.equal(twilio.replyToken, 'a'.repeat(24));
    assert.deepEqual(config.channels.email?.settings, {
      host: 'mail.example.com',
      port: '587',
      security: 'starttls',
      from: 'pay@example.com',
      user: 'user',
      password: 'p@ss',
    });
  });

  it('lets this machine be the public address without TLS, for a look at production', () => {
    assert.equal(production({ PUBLIC_URL: 'http://localhost:4000' }).publicUrl, 'http://localhost:4000');
  });
});
