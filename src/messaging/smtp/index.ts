/** E-mail through any SMTP server. */
import type { Channel } from '#kit/channel.ts';
import { sendMail } from './send-mail.ts';
import { readSettings, settingFields } from './settings.ts';

export const channel: Channel = {
  name: 'smtp',
  media: ['email'],
  settingFields,
  open(values, network) {
    const settings = readSettings(values);
    return { send: (message) => sendMail(settings, message, network.timeoutMs) };
  },
};
