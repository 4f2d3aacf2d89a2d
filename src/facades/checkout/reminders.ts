import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Core } from '#core/core.ts';
import { readCheckout } from '#core/links/read-checkout.ts';
import { readReminders, turnReminders } from '#core/links/turn-reminders.ts';
import { renderReminders } from '#web/checkout/render-reminders.ts';
import { sendPage, sendUnknown } from './send-page.ts';
import { chosenLanguage, pathOf, toRemindersView } from './translate.ts';

type RemindersRequest = FastifyRequest<{
  Params: { token: string };
  Body: Readonly<Record<string, string>> | undefined;
}>;

/** What mail programs post, without anybody having looked at a page (RFC 8058). */
const oneClick = 'One-Click';

/** The page on which a payer turns the tenant's reminders off, and on again; mail programs may post to it as well. */
export function registerReminders(scope: FastifyInstance, core: Core): void {
  scope.get('/pay/:token/reminders', (request: RemindersRequest, reply) => show(core, request, reply));
  scope.post('/pay/:token/reminders', (request: RemindersRequest, reply) => turn(core, request, reply));
}

async function show(core: Core, request: RemindersRequest, reply: FastifyReply): Promise<FastifyReply> {
  const checkout = await readCheckout(core, request.params.token);
  const wanted = checkout === undefined ? undefined : await readReminders(core, checkout.link);
  if (checkout === undefined || wanted === undefined) return sendUnknown(reply, request, 404);
  return sendPage(reply, renderReminders(toRemindersView(checkout, wanted, chosenLanguage(request.query))));
}

async function turn(core: Core, request: RemindersRequest, reply: FastifyReply): Promise<FastifyReply> {
  const checkout = await readCheckout(core, request.params.token);
  if (checkout === undefined) return sendUnknown(reply, request, 404);
  const { reminders, 'List-Unsubscribe': unsubscribe } = request.body ?? {};
  const isOneClick = unsubscribe === oneClick;
  if (isOneClick || reminders === 'off') await turnReminders(core, checkout.link, false);
  else if (reminders === 'on') await turnReminders(core, checkout.link, true);
  if (isOneClick) return reply.code(204).send();
  return reply.redirect(pathOf(checkout.link, '/reminders', chosenLanguage(request.query)), 303);
}
