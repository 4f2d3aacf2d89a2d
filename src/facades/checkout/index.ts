/** The checkout: a façade whose dialect is HTML, and whose caller is the payer. */
import { createHash } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Core } from '#core/core.ts';
import { payerUrl } from '#core/links/compose-invitation.ts';
import { payLink } from '#core/links/pay-link.ts';
import { type Checkout, readCheckout } from '#core/links/read-checkout.ts';
import { cancelPayment } from '#core/payments/cancel-payment.ts';
import { CoreError } from '#kit/errors.ts';
import { normalisePhone } from '#kit/phone.ts';
import { assets } from '#web/checkout/assets.ts';
import { contentSecurityPolicy } from '#web/checkout/csp.ts';
import { renderInvoicePdf } from '#web/checkout/invoice-pdf.ts';
import { renderReceiptPdf } from '#web/checkout/receipt-pdf.ts';
import { renderBrandCss } from '#web/checkout/render-brand-css.ts';
import { renderPage } from '#web/checkout/render-page.ts';
import type { CheckoutView } from '#web/checkout/view.ts';
import { type ReadPicture, showLogo } from './logo.ts';
import { registerPlan } from './plan.ts';
import { registerReminders } from './reminders.ts';
import { registerReturn } from './return.ts';
import { sendPage, sendTrouble, sendUnknown } from './send-page.ts';
import { chosenLanguage, pathOf, toBrand, toPaidView, toView } from './translate.ts';
import { toInvoiceView } from './translate-invoice.ts';
import { consentOf } from './translate-keeping.ts';

/** Requests a minute from one address: far above any payer, far below any guesser. */
const requestsPerMinute = 600;

type PayRequest = FastifyRequest<{
  Params: { token: string };
  Querystring: { language?: unknown };
  Body: Readonly<Record<string, string>> | undefined;
}>;

const attemptPattern = /^[A-Za-z0-9_-]{16,64}$/;

/** Mounts the pages of payment links, their assets, and the addresses payers and processors come back to. */
export async function registerCheckout(
  server: FastifyInstance,
  means: {
    core: Core;
    unlimited: boolean;
    readPicture: ReadPicture;
    onInternalError: (error: Error, request: FastifyRequest) => void;
  },
): Promise<void> {
  const { core } = means;
  await server.register(async (scope) => {
    if (!means.unlimited) await scope.register(rateLimit, { max: requestsPerMinute, timeWindow: '1 minute' });
    scope.setErrorHandler((error: Error, request, reply) => {
      if (!(error instanceof CoreError) && (error as { statusCode?: number }).statusCode === undefined) {
        means.onInternalError(error, request);
        return sendTrouble(reply, request, 500);
      }
      const status = (error as { statusCode?: number }).statusCode ?? 400;
      return status >= 429 ? sendTrouble(reply, request, status) : sendUnknown(reply, request, status);
    });
    for (const asset of assets) {
      scope.get(asset.path, (_request, reply) =>
        reply
          .header('cache-control', 'public, max-age=31536000, immutable')
          .type(asset.contentType)
          .send(asset.bytes),
      );
    }
    scope.get('/pay/:token', (request: PayRequest, reply) => showPage(core, request, reply));
    scope.post('/pay/:token', (request: PayRequest, reply) => pay(core, request, reply));
    scope.post('/pay/:token/cancel', (request: PayRequest, reply) => cancel(core, request, reply));
    scope.get('/pay/:token/status', (request: PayRequest, reply) => showStatus(core, request, reply));
    scope.get('/pay/:token/brand.css', (request: PayRequest, reply) => showBrand(core, request, reply));
    scope.get('/pay/:token/logo', (request: PayRequest, reply) =>
      showLogo(core, means.readPicture, request, reply),
    );
    scope.get('/pay/:token/receipt.pdf', (request: PayRequest, reply) => showReceipt(core, request, reply));
    scope.get('/pay/:token/invoice.pdf', (request: PayRequest, reply) => showInvoice(core, request, reply));
    registerReminders(scope, core);
    registerPlan(scope, core);
    registerReturn(scope, core);
  });
}

async function showPage(core: Core, request: PayRequest, reply: FastifyReply): Promise<FastifyReply> {
  const checkout = await readCheckout(core, request.params.token);
  if (checkout === undefined) return sendUnknown(reply, request, 404);
  return sendCheckout(
    core,
    reply,
    checkout,
    toView(checkout, core.ids.token(16), chosenLanguage(request.query)),
  );
}

async function sendCheckout(
  core: Core,
  reply: FastifyReply,
  checkout: Checkout,
  view: CheckoutView,
  status = 200,
): Promise<FastifyReply> {
  const origins = await pageOrigins(core, checkout);
  reply.header('content-security-policy', contentSecurityPolicy({ formActionOrigins: origins }));
  return sendPage(reply, renderPage(view), status);
}

/** The one thing a payer can do. What is wrong with it shows on the page it leads back to. */
async function pay(core: Core, request: PayRequest, reply: FastifyReply): Promise<FastifyReply> {
  const checkout = await readCheckout(core, request.params.token);
  if (checkout === undefined) return sendUnknown(reply, request, 404);
  const { link, tenant } = checkout;
  const language = chosenLanguage(request.query);
  const { method = '', attempt = '', phone = '', keep = '' } = request.body ?? {};
  const parameters = phoneParameters(phone, tenant.country);
  if (parameters === undefined) {
    const view = toView(checkout, core.ids.token(16), language);
    const isPayable = view.state === 'open' || view.state === 'failed';
    if (isPayable) return sendCheckout(core, reply, checkout, { ...view, phoneProblem: phone }, 422);
  }
  const consent = consentOf(toView(checkout, '', language), keep === 'yes');
  const idempotency = attemptPattern.test(attempt)
    ? { scope: 'POST checkout /pay', key: attempt, hash: createHash('sha256').update(link.id).digest() }
    : undefined;
  try {
    await payLink(
      core,
      { tenant, origin: link.origin, ...(idempotency === undefined ? {} : { idempotency }) },
      {
        linkId: link.id,
        method,
        ...(parameters === undefined ? {} : { parameters }),
        ...(language === undefined ? {} : { language }),
        ...(consent === undefined ? {} : { consent }),
      },
    );
  } catch (error) {
    if (!(error instanceof CoreError)) throw error;
  }
  return reply.redirect((await continueUrl(core, request.params.token)) ?? pathOf(link, '', language), 303);
}

/** A payer's phone number as processors are given it; undefined where what was typed is none. */
function phoneParameters(phone: string, country: string): Record<string, string> | undefined {
  if (phone.trim() === '') return {};
  const number = normalisePhone(phone, country);
  return number === undefined ? undefined : { phone_number: number };
}

/** The payer would rather pay otherwise. Whether that came in time shows on the page it leads back to. */
async function cancel(core: Core, request: PayRequest, reply: FastifyReply): Promise<FastifyReply> {
  const checkout = await readCheckout(core, request.params.token);
  if (checkout === undefined) return sendUnknown(reply, request, 404);
  const { link, tenant, stage } = checkout;
  if (stage.kind === 'pending' && core.processors.canCancel(stage.attempt.payment.connector))
    await cancelPayment(core, tenant, { paymentId: stage.attempt.payment.id, by: 'payer' });
  return reply.redirect(pathOf(link, '', chosenLanguage(request.query)), 303);
}

/** The processor's page, where the attempt under way has one. */
async function continueUrl(core: Core, token: string): Promise<string | undefined> {
  const checkout = await readCheckout(core, token);
  if (checkout === undefined) return undefined;
  const view = toView(checkout, '');
  return view.state === 'pending' ? view.continueUrl : undefined;
}

async function showStatus(core: Core, request: PayRequest, reply: FastifyReply): Promise<FastifyReply> {
  const checkout = await readCheckout(core, request.params.token);
  const state = checkout === undefined ? 'unknown-link' : toView(checkout, '').state;
  return reply
    .code(checkout === undefined ? 404 : 200)
    .header('cache-control', 'no-store')
    .send({ state });
}

async function showBrand(core: Core, request: PayRequest, reply: FastifyReply): Promise<FastifyReply> {
  const checkout = await readCheckout(core, request.params.token);
  if (checkout === undefined) return sendUnknown(reply, request, 404);
  return reply
    .header('cache-control', 'private, max-age=300')
    .type('text/css; charset=utf-8')
    .send(renderBrandCss(toBrand(checkout)));
}

async function showReceipt(core: Core, request: PayRequest, reply: FastifyReply): Promise<FastifyReply> {
  const checkout = await readCheckout(core, request.params.token);
  if (checkout?.stage.kind !== 'paid') return sendUnknown(reply, request, 404);
  const view = toPaidView(checkout, checkout.stage, chosenLanguage(request.query));
  return reply
    .header('cache-control', 'private, no-store')
    .header('content-disposition', `inline; filename="receipt-${view.receipt.number}.pdf"`)
    .type('application/pdf')
    .send(await renderReceiptPdf(view));
}

async function showInvoice(core: Core, request: PayRequest, reply: FastifyReply): Promise<FastifyReply> {
  const checkout = await readCheckout(core, request.params.token);
  const isOver = checkout?.stage.kind === 'expired' || checkout?.stage.kind === 'cancelled';
  if (checkout?.invoice === undefined || isOver) return sendUnknown(reply, request, 404);
  const payUrl = payerUrl(core, checkout.link);
  const view = toInvoiceView(checkout, checkout.invoice, payUrl, chosenLanguage(request.query));
  return reply
    .header('cache-control', 'private, no-store')
    .header('content-disposition', `inline; filename="invoice-${view.bank.reference}.pdf"`)
    .type('application/pdf')
    .send(await renderInvoicePdf(view));
}

async function pageOrigins(core: Core, { link, tenant }: Checkout): Promise<readonly string[]> {
  const { connectors } = tenant.settings;
  const names = new Set(link.methods.flatMap(({ method }) => connectors[method] ?? []));
  const origins = await Promise.all([...names].map((name) => core.processors.pageOrigins(tenant.id, name)));
  return [...new Set(origins.flat())];
}
