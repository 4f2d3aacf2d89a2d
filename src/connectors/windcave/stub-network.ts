/** A network for tests: answers every request with the same thing and keeps what was sent. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Processor } from '#kit/connector.ts';
import { overFetch } from '../over-fetch.ts';
import { setup } from './contract-setup.ts';
import { connector } from './index.ts';

export function readFixture(name: string): string {
  return readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
}

export interface StubbedProcessor extends Required<Processor> {
  /** The bodies sent so far. */
  readonly sent: readonly string[];
}

/** The connector, opened over a network on which every answer is `answer`. */
export function openOver(answer: string | Uint8Array | (() => Response)): StubbedProcessor {
  const sent: string[] = [];
  const network = overFetch(async (_url, init) => {
    sent.push(init.body ?? '');
    return typeof answer === 'function'
      ? answer()
      : new Response(inPieces(typeof answer === 'string' ? Buffer.from(answer) : answer));
  }, 200);
  const processor = connector.open(setup.account('https://sec.windcave.com'), network) as Required<Processor>;
  return { ...processor, sent };
}

/** As a network delivers it: piece by piece, and no more than is asked for. */
function inPieces(bytes: Uint8Array): ReadableStream<Uint8Array> {
  const pieceBytes = 16 * 1024;
  let taken = 0;
  return new ReadableStream({
    pull(controller) {
      const piece = bytes.subarray(taken, taken + pieceBytes);
      taken += piece.byteLength;
      if (piece.byteLength > 0) controller.enqueue(piece);
      if (taken >= bytes.byteLength) controller.close();
    },
  });
}
