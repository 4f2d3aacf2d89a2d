/** From the core to the wire. Amounts are whole minor units, instants RFC 3339 in UTC. */
import type { AuditReport } from '#core/audit/run-audit.ts';
import type { Callback } from '#core/callbacks/callback.ts';
import type { Core } from '#core/core.ts';
import type { StoredEvent } from '#core/events/event.ts';
import { payerUrl } from '#core/links/compose-invitation.ts';
import type { Link } from '#core/links/link.ts';
import type { Merchant } from '#core/merchants/merchant.ts';
import type { Message } from '#core/messages/message.ts';
import type { Operation, OperationStatus } from '#core/operations/operation.ts';
import { refundable } from '#core/payments/payment.ts';
import type { PaymentRecord } from '#core/payments/read-payment.ts';
import type { Credential } from '#core/tenants/credential.ts';
import type { AccountBalance } from '#core/tenants/read-balances.ts';
import type { Tenant } from '#core/tenants/tenant.ts';
import { measureSms } from '#kit/sms-segments.ts';

/** What of an event never changes: the log adds its number, a callback says only this. */
export function writeHappening(event: StoredEvent) {
  return {
    id: event.id,
    type: event.type,
    subject: `${event.subject.kind}:${event.subject.id}`,
    createdAt: event.createdAt.toISOString(),
    data: event.data,
  };
}

export function writeEvent(event: StoredEvent) {
  return { ...writeHappening(event), sequence: Number(event.sequence) };
}

export function writeMessage(message: Message) {
  return {
    id: message.id,
    channel: message.medium,
    kind: message.kind,
    to: message.recipient,
    subject: message.subject,
    text: message.body,
    segments: message.medium === 'sms' ? measureSms(message.body).segments : null,
    status: message.status,
    delivery: message.delivery,
    linkId: message.linkId,
    createdAt: message.createdAt.toISOString(),
  };
}

export function writeCallback(callback: Callback) {
  return {
    id: callback.id,
    eventId: callback.eventId,
    dialect: callback.dialect,
    url: callback.url,
    status: callback.status,
    attempts: callback.attempts,
    dueAt: callback.dueAt.toISOString(),
    lastStatus: callback.lastStatus,
    lastError: callback.lastError,
    deliveredAt: writeInstant(callback.deliveredAt),
    createdAt: callback.createdAt.toISOString(),
  };
}

/** A refund that is not settled either way is pending: it counts as given back until the processor says otherwise. */
const refundStatuses = {
  intended: 'pending',
  'awaiting-payer': 'pending',
  unknown: 'pending',
  approved: 'approved',
  declined: 'declined',
  absent: 'declined',
} as const satisfies Record<OperationStatus, 'approved' | 'declined' | 'pending'>;

export function writeRefund(operation: Operation) {
  return {
    id: operation.id,
    paymentId: operation.paymentId,
    amount: operation.amount,
    currency: operation.currency,
    status: refundStatuses[operation.status],
    reason: operation.reason,
    createdAt: operation.createdAt.toISOString(),
    resolvedAt: writeInstant(operation.resolvedAt),
  };
}

export function writePayment({ payment, transitions, operations }: PaymentRecord) {
  const card = operations.find((operation) => operation.card !== null)?.card ?? null;
  return {
    id: payment.id,
    orderId: payment.orderId,
    linkId: payment.linkId,
    dialect: payment.origin,
    connector: payment.connector,
    method: payment.method,
    status: payment.status,
    currency: payment.currency,
    amount: payment.amount,
    captured: payment.captured,
    capturing: payment.capturing,
    refunding: payment.refunding,
    refunded: payment.refunded,
    refundable: refundable(payment),
    superseded: payment.superseded,
    card: card && { brand: card.brand, maskedNumber: card.maskedNumber, expiry: card.expiry },
    createdAt: payment.createdAt.toISOString(),
    transitions: transitions.map(({ version, toStatus, reason, at }) => ({
      version,
      status: toStatus,
      reason,
      at: at.toISOString(),
    })),
    operations: operations.map(writeOperation),
  };
}

export function writeOperation(operation: Operation) {
  return {
    id: operation.id,
    paymentId: operation.paymentId,
    connector: operation.connector,
    kind: operation.kind,
    status: operation.status,
    currency: operation.currency,
    amount: operation.amount,
    reference: operation.reference,
    processorReference: operation.processorReference,
    code: operation.code,
    message: operation.message,
    createdAt: operation.createdAt.toISOString(),
    resolvedAt: writeInstant(operation.resolvedAt),
  };
}

export function writeLink(core: Core, link: Link) {
  return {
    id: link.id,
    orderId: link.orderId,
    dialect: link.origin,
    url: payerUrl(core, link),
    status: link.status,
    currency: link.currency,
    amount: link.amount,
    items: link.items.map(({ description, quantity, unitMinor, vatBasisPoints }) => ({
      description,
      quantity,
      unitAmount: unitMinor,
      vatBasisPoints,
    })),
    methods: link.methods.map(({ method }) => method),
    dueDate: link.dueDate,
    expiresAt: link.expiresAt.toISOString(),
    smsStatus: link.smsStatus,
    distributedByEmail: link.distributedByEmail,
    paymentId: link.paymentId,
    createdAt: link.createdAt.toISOString(),
  };
}

export function writeBalance({ code, currency, balance }: AccountBalance) {
  return { account: code, currency, balance };
}

export function writeAudit({ ok, checks }: AuditReport) {
  return {
    ok,
    checks: checks.map(({ examples, ...check }) => ({ ...check, examples: examples.map(({ id }) => id) })),
  };
}

export function writeTenant(tenant: Tenant) {
  return {
    id: tenant.id,
    organisationId: tenant.organisationId,
    name: tenant.name,
    mode: tenant.mode,
    country: tenant.country,
    zone: tenant.zone,
    connectors: tenant.settings.connectors,
    organisationNumber: tenant.settings.organisationNumber ?? null,
    brand: {
      logoUrl: tenant.settings.brand?.logoUrl ?? null,
      colour: tenant.settings.brand?.colour ?? null,
    },
    settlement: tenant.settings.settlement ?? 'invoice',
    keylessHosts: tenant.settings.keylessHosts ?? [],
    requestsPerMinute: tenant.settings.requestsPerMinute ?? null,
    routeRateFactor: tenant.settings.routeRateFactor ?? null,
    reminders: tenant.settings.reminders ?? { daysBefore: [], daysAfter: [] },
    messageTexts: tenant.settings.messageTexts ?? {},
  };
}

export function writeMerchant({ id, name, organisationNumber, status, createdAt }: Merchant) {
  return { id, name, organisationNumber, status, createdAt: createdAt.toISOString() };
}

export function writeCredential(credential: Credential) {
  return {
    id: credential.id,
    facade: credential.facade,
    lookup: credential.lookup,
    label: credential.label,
    account: credential.account,
    createdAt: credential.createdAt.toISOString(),
    expiresAt: writeInstant(credential.expiresAt),
    revokedAt: writeInstant(credential.revokedAt),
    lastUsedAt: writeInstant(credential.lastUsedAt),
  };
}

export function writeSigningKey({ callbackPublicKey }: Tenant) {
  return { algorithm: 'ed25519', publicKey: callbackPublicKey };
}

function writeInstant(at: Date | null): string | null {
  return at === null ? null : at.toISOString();
}
