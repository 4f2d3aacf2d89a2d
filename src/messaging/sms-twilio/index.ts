/** SMS through Twilio (Programmable Messaging, "Message resource"). */
import type { Channel } from '#kit/channel.ts';
import { readReport } from './read-report.ts';
import { sendSms } from './send-sms.ts';

const accountPattern = /^AC[0-9a-f]{32}$/;

/** A number, or an alphanumeric sender of up to eleven letters and digits. */
const senderPattern = /^(?:\+[1-9]\d{5,14}|[A-Za-z][A-Za-z0-9]{2,10})$/;

export const channel: Channel = {
  name: 'sms-twilio',
  media: ['sms'],
  settingFields: [
    { name: 'accountSid', secret: false, about: 'the account SID' },
    { name: 'authToken', secret: true, about: 'the auth token, which signs reports as well' },
    { name: 'from', secret: false, about: 'a number in E.164, or a name of 3 to 11 letters and digits' },
  ],
  open({ accountSid, authToken, from }, network) {
    if (accountSid === undefined || !accountPattern.test(accountSid))
      throw new Error('sms-twilio: accountSid is not one');
    if (!authToken) throw new Error('sms-twilio: authToken is needed');
    if (from === undefined || !senderPattern.test(from)) throw new Error('sms-twilio: from is not a sender');
    const account = { accountSid, authToken, from };
    return {
      send: (message) => sendSms(account, message, network),
      readReport: (request) => readReport(account, request),
    };
  },
};
