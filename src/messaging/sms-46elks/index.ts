/** SMS through 46elks (46elks.se/docs: send-sms, sms-delivery-reports, receive-sms). */
import type { Channel } from '#kit/channel.ts';
import { readReport } from './read-report.ts';
import { sendSms } from './send-sms.ts';

/** A number, or up to eleven letters and digits that begin with a letter. */
const senderPattern = /^(?:\+[1-9]\d{5,14}|[A-Za-z][A-Za-z0-9]{2,10})$/;

export const channel: Channel = {
  name: 'sms-46elks',
  media: ['sms'],
  settingFields: [
    { name: 'username', secret: false, about: 'the API username' },
    { name: 'password', secret: true, about: 'the API password' },
    { name: 'from', secret: false, about: 'a number in E.164, or a name of 3 to 11 letters and digits' },
  ],
  open({ username, password, from }, network) {
    if (!username || !password) throw new Error('sms-46elks: username and password are needed');
    if (from === undefined || !senderPattern.test(from)) throw new Error('sms-46elks: from is not a sender');
    return { send: (message) => sendSms({ username, password, from }, message, network), readReport };
  },
};
