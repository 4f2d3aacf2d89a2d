/** Swish Handel: payments by the Swish app, with a phone number or with a code to scan, and their refunds. */
import type { Connector, Notification, OperationRequest } from '#kit/connector.ts';
import { sameDigest } from '#kit/secrets.ts';
import { accountFields, readAccount } from './account.ts';
import { cancelPayment, inquireMovement, sendMovement } from './requests.ts';

export const connector: Connector = {
  name: 'swish',
  methods: ['swish'],
  capabilities: new Set(['purchase', 'refund', 'cancel']),
  currencies: ['SEK'],
  accountFields,
  // A request is refused or made while it is answered. One that was still on its way when we gave up arrives by then.
  settlingMs: 15_000,
  open(fields, network) {
    const account = readAccount(fields);
    return {
      send: (request) => sendMovement(account, network, request),
      inquire: (request) => inquireMovement(account, network, request),
      isNotification,
      cancel: (request) => cancelPayment(account, network, request),
    };
  },
};

/** Swish repeats the identifier it was given with the request. Nothing else of a callback is looked at. */
function isNotification({ headers }: Notification, { notification }: OperationRequest): boolean {
  const { callbackidentifier: identifier = '' } = headers;
  return (
    notification !== undefined && sameDigest(Buffer.from(identifier), Buffer.from(notification.identifier))
  );
}
