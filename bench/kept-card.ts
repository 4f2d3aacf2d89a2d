import type { Bench } from './contestant.ts';
import { post } from './shop.ts';

export interface KeptCard {
  /** The Provet Payment API at every process of the product. */
  readonly bases: readonly string[];
  readonly headers: Record<string, string>;
  /** The body of a charge of the card. */
  readonly charge: Readonly<Record<string, unknown> & { Amount: number }>;
}

const client = { FirstName: 'Ada', LastName: 'Lovelace', Phone: '0400 000 000', Email: 'ada@example.com' };

/** Has a client enter a card that is always approved, at the processor's page. */
export async function keepCard(bench: Bench): Promise<KeptCard> {
  const { bases, headers } = provetAccess(bench);
  const request = { RedirectUrl: 'https://clinic.example/back', Currency: 'AUD', Client: client };
  const { Url, ClientId } = await post(`${bases[0]}/card`, headers, JSON.stringify(request));
  await enterCard(Url);
  const methods = await fetch(`${bases[0]}/paymentmethods/clientid=${ClientId}`, { headers });
  const [kept] = (await methods.json()) as { Id: string }[];
  if (kept === undefined) throw new Error('the card was not kept');
  const charge = {
    Description: 'Vaccination',
    Amount: 100,
    Currency: 'AUD',
    ClientId,
    PaymentMethodId: kept.Id,
  };
  return { bases, headers, charge };
}

/** Has a client enrol in a monthly plan with that card; answers the plan's id. */
export async function enrol(bench: Bench): Promise<string> {
  const { bases, headers } = provetAccess(bench);
  const plan = {
    Description: 'Bronze Wellness Plan for Rex',
    Interval: 'Monthly',
    IntervalCount: 12,
    Amount: 30,
    Currency: 'AUD',
    AutoRenew: false,
    Client: client,
  };
  const made = await post(`${bases[0]}/wellness/subscription/`, headers, JSON.stringify(plan));
  await enterCard(made.Url);
  return made.SubscriptionId;
}

function provetAccess({ urls, tenant }: Bench): Pick<KeptCard, 'bases' | 'headers'> {
  const { provetPayments } = tenant;
  if (provetPayments === undefined) throw new Error('the demo has no Provet Payment API credentials');
  return {
    bases: urls.map((url) => `${url}/api/1.0`),
    headers: { ...provetPayments.headers, 'content-type': 'application/json' },
  };
}

/** Fills in the page, and comes back as the payer's browser does. */
async function enterCard(pageUrl: string): Promise<void> {
  const form = {
    CardNumber: '4111111111111111',
    CardHolderName: 'Ada Lovelace',
    DateExpiry: '1239',
    Cvc2: '123',
    action: 'pay',
  };
  const answer = await fetch(pageUrl, {
    method: 'POST',
    body: new URLSearchParams(form),
    redirect: 'manual',
  });
  const back = answer.headers.get('location');
  if (back === null) throw new Error(`the page answered ${answer.status}`);
  await fetch(back, { redirect: 'manual' });
}
