import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { exchangeFaults, type Fault } from './faults.ts';
import type { Surroundings } from './simulator.ts';

/** A finished answer of a simulator. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** What the answer says outside its body. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One server-to-server request, with all that the faults need to spoil it. */
export interface Exchange {
  readonly connector: string;
  /** What is asked for: `purchase`, `page` … */
  readonly request: string;
  /** Does what was asked and says so. */
  act(): Promise<Answer>;
  /** Writes down that the request arrived and was not acted on. */
  skip(): Promise<void>;
  /** A well-formed answer of another shape, and one that is meant for somebody else. */
  wrongShape(): Answer;
  otherAnswer(): Answer;
}

/** Answers a request, spoilt by the fault it meets, if it meets one. Resolves when there is nothing left to do. */
export async function deliverAnswer(
  exchange: Exchange,
  reply: FastifyReply,
  surroundings: Surroundings,
): Promise<void> {
  const fault = surroundings.faults.take(exchange.connector, exchange.request, exchangeFaults);
  if (fault !== undefined)
    surroundings.log(`fault ${fault.kind} meets ${exchange.connector} ${exchange.request}`);
  if (fault?.kind === 'refuse') return drop(reply);
  if (fault?.kind === 'hang' || fault?.kind === 'error-500') {
    await exchange.skip();
    return fault.kind === 'hang' ? hang(reply, surroundings) : send(reply, serverError);
  }
  const answer = await exchange.act();
  if (fault?.kind === 'act-then-reset') return drop(reply);
  if (fault?.kind === 'act-then-delay')
    await pause(fault.delayMs ?? surroundings.delays.answerMs, surroundings.closing);
  return send(reply, spoil(answer, fault, exchange));
}

const serverError: Answer = { status: 500, contentType: 'text/html', body: '<html><body>Server Error' };

function spoil(answer: Answer, fault: Fault | undefined, exchange: Exchange): Answer {
  switch (fault?.kind) {
    case 'act-then-500':
      return serverError;
    case 'act-then-garble':
      return { ...answer, headers: {}, body: garble(answer.body, fault) };
    case 'wrong-shape':
      return exchange.wrongShape();
    case 'other-answer':
      return exchange.otherAnswer();
    default:
      return answer;
  }
}

/** An inquiry's answer under `status-flaky`: one of 500, no answer, reset, half an answer. */
export async function answerFlakily(
  fault: Fault,
  answer: Answer,
  reply: FastifyReply,
  surroundings: Surroundings,
): Promise<void> {
  const trouble = Math.floor(fault.random() * 4);
  if (trouble === 0) reply.status(500).send('');
  else if (trouble === 1) await hang(reply, surroundings);
  else if (trouble === 2) drop(reply);
  else send(reply, { ...answer, body: answer.body.slice(0, answer.body.length / 2) });
}

/** Cut short somewhere, sometimes with rubbish behind: never the whole answer. */
function garble(body: string, fault: Fault): string {
  const cut = body.slice(0, Math.floor(fault.random() * Math.max(0, body.length - 1)));
  return fault.random() < 0.5 ? cut : `${cut}\u0000\ufffd<<`;
}

/** Ends the connection with a reset instead of an answer. */
function drop(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.socket?.resetAndDestroy();
}

/** Keeps the connection open without a word, until the other side or the bound ends it. */
async function hang(reply: FastifyReply, surroundings: Surroundings): Promise<void> {
  reply.hijack();
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  await pause(surroundings.delays.hangMs, AbortSignal.any([surroundings.closing, gone.signal]));
  reply.raw.socket?.destroy();
}

/** Waits, or less where `signal` aborts. */
export async function pause(byMs: number, signal: AbortSignal): Promise<void> {
  await wait(byMs, undefined, { signal }).catch(() => undefined);
}

function send(reply: FastifyReply, answer: Answer): void {
  reply
    .status(answer.status)
    .headers(answer.headers ?? {})
    .type(answer.contentType)
    .send(answer.body);
}
