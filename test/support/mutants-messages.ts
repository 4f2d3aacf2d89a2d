/** Negative controls of messages: who is written to, how often, and whose word is taken for what became of it. */
import type { Mutant } from './mutants.ts';

export const messageMutants: readonly Mutant[] = [
  {
    name: 'reminder-not-named',
    file: 'src/core/links/remind-payers.ts',
    find: 'requestKey: `remind:',
    replace: 'requestKey: core.ids.uuid() + `remind:',
    about:
      'Queues a reminder without saying which it is. Sent again and seen from another zone, it goes out twice.',
    red: {
      file: 'src/core/links/reminders.test.ts',
      title: 'gets each reminder once, though it is sent again and the tenant moves west',
    },
  },
  {
    name: 'opt-out-not-asked',
    file: 'src/core/links/remind-payers.ts',
    find: 'of await wantingReminders(means, link.tenantId, invited)) {',
    replace: 'of means.database === null ? [] : invited) {',
    about: 'Reminds everybody. Without the check who has said no is written to all the same.',
    red: {
      file: 'src/core/links/reminders.test.ts',
      title: 'who wants no reminders gets none from this tenant, and the bills the tenant sends all the same',
    },
  },
  {
    name: 'report-address-unverified',
    file: 'src/core/messages/report-token.ts',
    find: 'if (!sameDigest(bytes.subarray(2 * idBytes), macOf(core, names))) return undefined;',
    replace: '',
    about: 'Believes whoever names a message. Without the check anybody says what was delivered.',
    red: {
      file: 'src/facades/message-reports/message-reports.test.ts',
      title: 'under an address we did not give out is answered like an address that is not there',
    },
  },
  {
    name: 'report-signature-unverified',
    file: 'src/messaging/sms-twilio/read-report.ts',
    find: 'if (!isSigned(account.authToken, request)) return undefined;',
    replace: '',
    about: 'Takes a report for Twilio’s without looking at its signature.',
    red: {
      file: 'src/facades/message-reports/message-reports.test.ts',
      title: 'without the signature, or with one over something else, changes nothing',
    },
  },
];
