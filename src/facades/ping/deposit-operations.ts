/** What the rows of the table about invoices and deposits do. */
import { initiateDeposit } from '#core/deposits/initiate-deposit.ts';
import { mimicDeposit } from '#core/deposits/mimic-deposit.ts';
import { reconcileFunding } from '#core/deposits/reconcile-funding.ts';
import { payerUrl } from '#core/links/compose-invitation.ts';
import { createInvoice } from '#core/links/create-invoice.ts';
import { readInvoice } from '#core/links/read-invoice.ts';
import { readLink } from '#core/links/read-link.ts';
import type { InitiatePaymentInput } from '#core/payments/initiate-payment.ts';
import { readDepositAccount } from '#core/tenants/read-deposit-account.ts';
import type { ConnectorAccount } from '#kit/connector.ts';
import type { Currency } from '#kit/currency.ts';
import type { RouteAnswer, RouteRequest } from '../../http/facade.ts';
import {
  readDepositBody,
  readMimicBody,
  readReconcileBody,
  referenceKinds,
  referenceTypes,
} from './read-deposit-body.ts';

export async function putLinkInvoice({ core, call, params, body }: RouteRequest): Promise<RouteAnswer> {
  const kind = referenceKinds[body.reference_type as keyof typeof referenceKinds];
  const documentName = body.document_name ?? null;
  const { replayed } = await createInvoice(core, call, { linkId: params.id ?? '', kind, documentName });
  return { replayed };
}

export async function getLinkInvoice({ core, call, params }: RouteRequest): Promise<RouteAnswer> {
  const link = await readLink(core, call.tenant, params.id ?? '');
  const { reference } = await readInvoice(core, call.tenant, link);
  return {
    body: {
      url: `${payerUrl(core, link)}/invoice.pdf`,
      reference_type: referenceTypes[reference.kind],
      reference: reference.reference,
    },
  };
}

/** A payment that the payer makes at their bank: told is where to, and under which number (facts A7). */
export async function initiateByDeposit(
  request: RouteRequest,
  input: InitiatePaymentInput,
): Promise<RouteAnswer> {
  const { core, call } = request;
  const { result, replayed } = await initiateDeposit(core, call, readDepositBody(request, input));
  const account = await readDepositAccount(core, call.tenant);
  const response = {
    reference: result.reference,
    bank_account: writeAccount(account, input.amount.currency),
    invoice: null,
  };
  return { body: { id: result.paymentId, provider_method_response: response }, replayed };
}

function writeAccount(account: ConnectorAccount, currency: Currency): Record<string, string | null> {
  const { clearingNumber = '', accountNumber = '' } = account;
  return {
    iban: account.iban?.replaceAll(' ', '') ?? null,
    bban: clearingNumber + accountNumber || null,
    bic: account.bic ?? null,
    bankgiro_number: account.bankgiroNumber ?? null,
    currency,
    clearing_number: account.clearingNumber ?? null,
    account_number: account.accountNumber ?? null,
  };
}

export async function putReconciled(request: RouteRequest): Promise<RouteAnswer> {
  const { replayed } = await reconcileFunding(request.core, request.call, readReconcileBody(request));
  return { replayed };
}

export async function postMimicDeposit({ core, call, body }: RouteRequest): Promise<RouteAnswer> {
  const { replayed } = await mimicDeposit(core, call, readMimicBody(body));
  return { replayed };
}
