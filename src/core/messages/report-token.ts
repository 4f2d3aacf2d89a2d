import { isUuid, type MessageId, type TenantId } from '#kit/ids.ts';
import { hashToken, sameDigest } from '#kit/secrets.ts';
import type { Core } from '../core.ts';
import type { Message } from './message.ts';

/** Which message an address that we gave to a provider reports about. */
export interface ReportedMessage {
  readonly tenantId: TenantId;
  readonly messageId: MessageId;
}

const idBytes = 16;
const macBytes = 16;
const tokenPattern = /^[A-Za-z0-9_-]{64}$/;

/**
 * The last part of the address a provider reports to: it names the message, and that we wrote it is all the proof some
 * providers' reports carry. Nobody else can make one.
 */
export function writeReportToken(
  core: Pick<Core, 'pepper'>,
  message: Pick<Message, 'tenantId' | 'id'>,
): string {
  const names = Buffer.from(`${message.tenantId}${message.id}`.replaceAll('-', ''), 'hex');
  return Buffer.concat([names, macOf(core, names)]).toString('base64url');
}

/** Undefined for every token but those we wrote. */
export function readReportToken(core: Pick<Core, 'pepper'>, token: string): ReportedMessage | undefined {
  if (!tokenPattern.test(token)) return undefined;
  const bytes = Buffer.from(token, 'base64url');
  const names = bytes.subarray(0, 2 * idBytes);
  if (!sameDigest(bytes.subarray(2 * idBytes), macOf(core, names))) return undefined;
  const [tenantId, messageId] = [names.subarray(0, idBytes), names.subarray(idBytes)].map(toUuid);
  if (tenantId === undefined || messageId === undefined) return undefined;
  return { tenantId: tenantId as TenantId, messageId: messageId as MessageId };
}

function macOf({ pepper }: Pick<Core, 'pepper'>, names: Buffer): Buffer {
  return hashToken(pepper, `message-report:${names.toString('hex')}`).subarray(0, macBytes);
}

function toUuid(bytes: Buffer): string | undefined {
  const uuid = bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return isUuid(uuid) ? uuid : undefined;
}
