/** Attempts change with their payouts; what a bank says of an instrument may change one whose payout stays where it is. */
export { updateAttempts } from './attempts/store.ts';
