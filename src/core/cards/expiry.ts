/**
 * When the holder of a card is told that it is about to expire: as its last month begins, by the calendar of UTC. Null
 * for an expiry that is none (`MMYY` is one), and for a card that is in its last month already.
 */
export function expiryWarningAt(expiry: string, now: Date): Date | null {
  const [, month = '', year = ''] = /^(0[1-9]|1[0-2])(\d\d)$/.exec(expiry) ?? [];
  if (month === '') return null;
  const at = new Date(`20${year}-${month}-01T00:00:00Z`);
  return at > now ? at : null;
}
