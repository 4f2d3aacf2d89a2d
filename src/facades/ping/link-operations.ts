/** What the rows of the table about payment links do: decode, call one core operation, encode. */
import { readCustomers } from '#core/customers/read-customers.ts';
import { readReceipt } from '#core/documents/read-receipt.ts';
import { cancelLink } from '#core/links/cancel-link.ts';
import { payerUrl } from '#core/links/compose-invitation.ts';
import { distributeLink } from '#core/links/distribute-link.ts';
import type { Link } from '#core/links/link.ts';
import { payLink } from '#core/links/pay-link.ts';
import { listLinks, readLink } from '#core/links/read-link.ts';
import { readOperationsOf } from '#core/operations/read-operations.ts';
import type { RouteAnswer, RouteRequest } from '../../http/facade.ts';
import { methodOf } from './methods.ts';
import { readLinkBody } from './read-link-body.ts';
import { answerList } from './read-list.ts';
import { readPhone } from './swish-parameters.ts';
import { writeLink } from './write-link.ts';
import { writeInitiated } from './write-payment.ts';

export async function createLink(request: RouteRequest): Promise<RouteAnswer> {
  const { core, batched, call } = request;
  const { result, replayed } = await batched.createLink(call, readLinkBody(request));
  return { body: { checkout_url: payerUrl(core, result), id: result.id }, replayed };
}

export async function getLinks(request: RouteRequest): Promise<RouteAnswer> {
  const { core, call } = request;
  return answerList(request, {
    path: '/payment_links',
    read: (page) => listLinks(core, call.tenant, page),
    positionOf: (link) => link,
    write: (links) => writeLinks(core, links),
  });
}

export async function getLink({ core, call, params }: RouteRequest): Promise<RouteAnswer> {
  const [body] = await writeLinks(core, [await readLink(core, call.tenant, params.id ?? '')]);
  return { body };
}

export async function putLinkCancelled({ core, call, params }: RouteRequest): Promise<RouteAnswer> {
  const { replayed } = await cancelLink(core, call, params.id ?? '');
  return { replayed };
}

export async function putLinkDistributed({ core, call, params, body }: RouteRequest): Promise<RouteAnswer> {
  const { replayed } = await distributeLink(core, call, {
    linkId: params.id ?? '',
    media: body.methods,
    ...(body.customer_email === undefined ? {} : { email: body.customer_email }),
    ...(body.customer_phone === undefined ? {} : { phone: body.customer_phone }),
  });
  return { replayed };
}

export async function getLinkReceipt({ core, call, params }: RouteRequest): Promise<RouteAnswer> {
  const link = await readLink(core, call.tenant, params.id ?? '');
  await readReceipt(core, link.tenantId, link.paymentId);
  return { body: { url: `${payerUrl(core, link)}/receipt.pdf` } };
}

export async function payLinkBy({ core, call, params, body }: RouteRequest): Promise<RouteAnswer> {
  const { result, replayed } = await payLink(core, call, {
    linkId: params.id ?? '',
    method: methodOf(body.provider, body.method),
    ...(body.phone_number === undefined || body.method === 'm_commerce'
      ? {}
      : {
          parameters: { phone_number: readPhone('phone_number', body.phone_number, call.tenant.country) },
        }),
  });
  const charges = await readOperationsOf(core, call.tenant.id, [result.paymentId]);
  return { body: await writeInitiated(result.paymentId, charges), replayed };
}

async function writeLinks(
  core: RouteRequest['core'],
  links: readonly Link[],
): Promise<Record<string, unknown>[]> {
  const tenantId = links[0]?.tenantId;
  if (tenantId === undefined) return [];
  const customers = await readCustomers(
    core.database,
    tenantId,
    links.map((link) => link.customerId),
  );
  return links.map((link) => writeLink(core.publicUrl, link, customers.get(link.customerId)));
}
