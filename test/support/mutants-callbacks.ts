/** Negative controls of callbacks: guards without which they go where they must not, or tell things in a wrong order. */
import type { Mutant } from './mutants.ts';

export const callbackMutants: readonly Mutant[] = [
  {
    name: 'callback-literal-unchecked',
    file: 'src/kit/callback-url.ts',
    find: "return isPublicAddress(bare(host), ownAddresses) ? undefined : 'the address is not public';",
    replace: 'return undefined;',
    about: 'Lets a URL name any address. Without the check callbacks go to this machine in thirty spellings.',
    red: {
      file: 'src/webhooks/targets.test.ts',
      title: 'no spelling of an inner target is ever connected to',
    },
  },
  {
    name: 'callback-name-half-checked',
    file: 'src/webhooks/checked-lookup.ts',
    find: 'addresses.every(',
    replace: 'addresses.some(',
    about: 'Accepts a name for one good address. Without the check of all, the socket takes the bad one.',
    red: {
      file: 'src/webhooks/targets.test.ts',
      title: 'a name with any inner address is refused, whatever stands beside it',
    },
  },
  {
    name: 'callback-name-resolved-twice',
    file: 'src/webhooks/checked-lookup.ts',
    find: '  return addresses;\n',
    replace: '  return resolve(hostname);\n',
    about: 'Asks again after the check. A name that has changed its answer meanwhile leads inside.',
    red: {
      file: 'src/webhooks/targets.test.ts',
      title: 'a name that changes its answer between the check and the connection gains nothing',
    },
  },
  {
    name: 'callback-own-ports-open',
    file: 'src/kit/callback-url.ts',
    find: 'loopback.ownPorts.includes(Number(url.port || 80))',
    replace: "url.host === ''",
    about: 'Opens our own ports in demo mode. Without the check the server can be told to call itself.',
    red: {
      file: 'src/webhooks/targets.test.ts',
      title: 'demo mode opens this machine to no other spelling, and keeps its own ports closed',
    },
  },
  {
    name: 'callback-answer-uncapped',
    file: 'src/webhooks/send-bounded.ts',
    find: 'if (answerBytes >= maxAnswerBytes) break;',
    replace: '',
    about: 'Reads an answer to its end. Without the cap an endless one is read until the time is up.',
    red: {
      file: 'src/webhooks/post-signed.test.ts',
      title: 'of an endless answer at most 64 KiB are read and 1 KiB is kept',
    },
  },
  {
    name: 'callbacks-out-of-order',
    file: 'src/core/callbacks/store.ts',
    find: "and earlier.status = 'pending' and earlier.subject_version < d.subject_version)",
    replace: 'and false)',
    about:
      'Delivers what is due. Without the order a shop hears of the payment before it hears that it began.',
    red: {
      file: 'test/journeys/callback-retries.test.ts',
      title: 'is told before what came after it of the same payment, and holds up no other payment',
    },
  },
];
