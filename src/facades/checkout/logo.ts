import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Core } from '#core/core.ts';
import { readCheckout } from '#core/links/read-checkout.ts';
import type { Tenant } from '#core/tenants/tenant.ts';
import type { Picture } from '#kit/picture.ts';
import { sendUnknown } from './send-page.ts';
import { logoOf } from './translate.ts';

/** Has the picture at an address that a tenant chose; undefined where it cannot be had, or is none. */
export type ReadPicture = (tenant: Tenant, url: string) => Promise<Picture | undefined>;

/**
 * A logo that is opened by itself is a page of this site: it runs nothing and loads nothing, an SVG of a stranger's
 * included.
 */
const pictureOnly = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** The logo on a link's page, from our own address: whose bill a payer looks at is told to nobody else. */
export async function showLogo(
  core: Core,
  readPicture: ReadPicture,
  request: FastifyRequest<{ Params: { token: string } }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const checkout = await readCheckout(core, request.params.token);
  const url = checkout === undefined ? undefined : logoOf(checkout);
  if (checkout === undefined || url === undefined) return sendUnknown(reply, request, 404);
  const picture = await readPicture(checkout.tenant, url);
  if (picture === undefined) return sendUnknown(reply, request, 404);
  return reply
    .header('cache-control', 'private, max-age=3600')
    .header('content-security-policy', pictureOnly)
    .type(picture.contentType)
    .send(picture.bytes);
}
