import type { Core } from '#core/core.ts';
import type { Message } from '#core/messages/message.ts';
import { recordDelivery } from '#core/messages/record-delivery.ts';
import { recordReply } from '#core/messages/record-reply.ts';
import { readReportToken, writeReportToken } from '#core/messages/report-token.ts';
import type { ProviderRequest } from '#kit/channel.ts';
import { hashToken, sameDigest } from '#kit/secrets.ts';
import type { Senders } from './open-senders.ts';

/** What is known of a request before its address is: the address is the one we gave, whatever proxies made of it. */
export type ReportRequest = Omit<ProviderRequest, 'url'>;

/** Where a provider reports what became of this message. */
export function reportUrl(
  core: Pick<Core, 'publicUrl' | 'pepper'>,
  channel: string,
  message: Pick<Message, 'tenantId' | 'id'>,
): string {
  return `${core.publicUrl}/messages/report/${channel}/${writeReportToken(core, message)}`;
}

/** Takes a provider's report on a message. False where it is not on a message of ours, or not the provider's. */
export async function readReport(
  core: Core,
  senders: Pick<Senders, 'named'>,
  { channel, token }: { channel: string; token: string },
  request: ReportRequest,
): Promise<boolean> {
  const reported = readReportToken(core, token);
  if (reported === undefined) return false;
  const url = reportUrl(core, channel, { tenantId: reported.tenantId, id: reported.messageId });
  const report = senders.named(channel)?.readReport?.({ ...request, url });
  if (report === undefined) return false;
  if (report.kind === 'delivered' || report.kind === 'failed') {
    const detail = report.kind === 'failed' ? report.detail : null;
    await recordDelivery(core, reported, { channel, delivery: report.kind, detail });
  }
  return true;
}

/** Where the provider is told, by whoever runs this, to send what people answer. */
function replyUrl({ publicUrl }: Pick<Core, 'publicUrl'>, channel: string, token: string): string {
  return `${publicUrl}/messages/reply/${channel}/${token}`;
}

/**
 * Takes a person's answer to an SMS. `expected` is the last part of the address the provider was told; false where it is
 * another, or the request is not the provider's.
 */
export async function readReply(
  core: Core,
  senders: Pick<Senders, 'named'>,
  { channel, token, expected }: { channel: string; token: string; expected: string | undefined },
  request: ReportRequest,
): Promise<boolean> {
  if (expected === undefined || !isSame(core, token, expected)) return false;
  const url = replyUrl(core, channel, token);
  const report = senders.named(channel)?.readReport?.({ ...request, url });
  if (report === undefined) return false;
  if (report.kind === 'reply') await recordReply(core, { channel, from: report.from, text: report.text });
  return true;
}

function isSame({ pepper }: Pick<Core, 'pepper'>, given: string, expected: string): boolean {
  return sameDigest(hashToken(pepper, given), hashToken(pepper, expected));
}
