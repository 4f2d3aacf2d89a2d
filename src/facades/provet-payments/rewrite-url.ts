/** The names that stand in this dialect's addresses, as the table spells them. */
const parameters = [
  'paymentId',
  'amount',
  'surcharge',
  'notes',
  'clientId',
  'subscriptionId',
  'redirectUrl',
  'startDate',
  'endDate',
  'autoRenew',
  'type',
  'page',
  'pageSize',
] as const;

const spellings: ReadonlyMap<string, string> = new Map(parameters.map((name) => [name.toLowerCase(), name]));

/**
 * The seed's addresses in the table's spelling. The seed writes parameters into the path
 * (`/refund/paymentId={id}&amount={value}`): they become a query. Case and a slash at the end make no difference; values
 * keep their case, ids in the path do not need it.
 */
export function rewriteUrl(url: string): string {
  const [address = '', query = ''] = split(url, '?');
  const segments = address.split('/').map(plainEquals);
  const path = segments.filter((segment) => !segment.includes('='));
  const pairs = segments.filter((segment) => segment.includes('=')).flatMap((segment) => segment.split('&'));
  const moved = pairs.filter((pair) => pair !== '').map((pair) => spell(pair.replaceAll('+', '%2B')));
  const given = query.split('&').filter((pair) => pair !== '');
  const wholeQuery = [...moved, ...given.map(spell)].join('&');
  const plain = path.join('/').toLowerCase().replace(/\/+$/, '');
  return wholeQuery === '' ? plain : `${plain}?${wholeQuery}`;
}

/** Clients that escape a whole path segment escape what separates names from values, too. */
function plainEquals(segment: string): string {
  return /%3d/i.test(segment) ? segment.replaceAll(/%3d/gi, '=').replaceAll(/%26/gi, '&') : segment;
}

function spell(pair: string): string {
  const [name = '', value = ''] = split(pair, '=');
  return `${spellings.get(name.toLowerCase()) ?? name}=${value}`;
}

function split(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
