/** Where message providers report what became of an SMS, and what people answered. Each proves itself by its own means. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

interface ReportRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Fields of the form; one that was given twice is left out. */
  readonly form: Readonly<Record<string, string>>;
}

export interface ReportMeans {
  /** Takes a report under the token of its address; false where it is not on a message of ours, or not the provider's. */
  readonly readReport: (channel: string, token: string, request: ReportRequest) => Promise<boolean>;
  /** Takes an answer to an SMS; false where it is not the provider's. */
  readonly readReply: (channel: string, token: string, request: ReportRequest) => Promise<boolean>;
}

type Incoming = FastifyRequest<{ Params: { channel: string; token: string } }>;

/** Mounts the two addresses. Whatever is not believed is answered like an address that is not there. */
export function registerReports(server: FastifyInstance, means: ReportMeans): void {
  server.post('/messages/report/:channel/:token', (request: Incoming, reply) =>
    answer(means.readReport, request, reply),
  );
  server.post('/messages/reply/:channel/:token', (request: Incoming, reply) =>
    answer(means.readReply, request, reply),
  );
}

async function answer(
  take: ReportMeans['readReport'],
  request: Incoming,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { channel, token } = request.params;
  const taken = await take(channel, token, {
    headers: onlyTexts(request.headers),
    form: onlyTexts(request.body),
  });
  if (taken) return reply.code(204).send();
  reply.callNotFound();
  return reply;
}

function onlyTexts(fields: unknown): Readonly<Record<string, string>> {
  const entries = typeof fields === 'object' && fields !== null ? Object.entries(fields) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
