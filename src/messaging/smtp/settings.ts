import type { Channel, ChannelSettings } from '#kit/channel.ts';
import { isEmail } from '#kit/email.ts';

export const settingFields: Channel['settingFields'] = [
  { name: 'host', secret: false, about: 'the server' },
  { name: 'port', secret: false, about: '465 for tls, 587 for starttls' },
  { name: 'security', secret: false, about: 'tls, starttls, or none for a server on this machine' },
  { name: 'from', secret: false, about: 'the address messages come from' },
  { name: 'user', secret: false, about: 'left out where the server asks for no login' },
  { name: 'password', secret: true, about: 'with user' },
];

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  readonly from: string;
  readonly login?: { readonly user: string; readonly password: string };
}

const securities = ['tls', 'starttls', 'none'] as const;
type Security = (typeof securities)[number];

/** Throws where the settings cannot work. */
export function readSettings({ host, port, security, from, user, password }: ChannelSettings): SmtpSettings {
  const found = securities.find((known) => known === security);
  const portNumber = Number(port);
  if (host === undefined || host === '') throw new Error('smtp: host is missing');
  if (!Number.isInteger(portNumber) || portNumber < 1 || portNumber > 65_535)
    throw new Error('smtp: port is not a port');
  if (found === undefined) throw new Error(`smtp: security is one of ${securities.join(', ')}`);
  if (from === undefined || !isEmail(from)) throw new Error('smtp: from is not an e-mail address');
  if ((user === undefined) !== (password === undefined))
    throw new Error('smtp: user and password go together');
  const settings = { host, port: portNumber, security: found, from };
  return user === undefined || password === undefined ? settings : { ...settings, login: { user, password } };
}
