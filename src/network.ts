/** The network as the process has it: `fetch`, and TLS with a certificate of our own where a processor asks for one. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { Readable } from 'node:stream';
import type { ClientCertificate, Network } from './kit/connector.ts';

type Init = Parameters<Network['fetch']>[1];

/** Certificates whose connections are kept open. A tenant has one or two; the least used ones are let go. */
const maxAgents = 200;

/** Makes the network that connectors are given. Redirects are not followed: a request to a processor carries credentials. */
export function openNetwork(timeoutMs: number): Network {
  const agents = new Map<string, Agent>();
  return {
    timeoutMs,
    fetch: (url, init) => {
      const { clientCertificate, ...plain } = init;
      return clientCertificate === undefined
        ? fetch(url, { ...plain, redirect: 'manual' })
        : fetchWith(agentFor(agents, clientCertificate), url, plain);
    },
  };
}

/** One agent for each certificate, so that nobody's connection is used for somebody else. */
function agentFor(agents: Map<string, Agent>, { certificate, key, authority }: ClientCertificate): Agent {
  const name = createHash('sha256')
    .update(JSON.stringify([certificate, key, authority]))
    .digest('hex');
  const agent =
    agents.get(name) ??
    new Agent({
      cert: certificate,
      key,
      ...(authority === undefined ? {} : { ca: authority }),
      keepAlive: true,
      minVersion: 'TLSv1.2',
    });
  agents.delete(name);
  agents.set(name, agent);
  const [oldest] = agents.keys();
  if (agents.size > maxAgents && oldest !== undefined) {
    agents.get(oldest)?.destroy();
    agents.delete(oldest);
  }
  return agent;
}

/** What `fetch` does, as far as connectors need it. Rejects on the network's failures, and on anything but https. */
function fetchWith(agent: Agent, url: string, init: Omit<Init, 'clientCertificate'>): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { method, headers, body, signal } = init;
    const sending = request(url, { method, headers, agent, signal }, (answer) => resolve(toResponse(answer)));
    sending.once('error', (error) => reject(signal.aborted ? signal.reason : error));
    sending.end(body);
  });
}

/** Statuses that come without a body, and with which `Response` takes none. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

function toResponse(answer: IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, values] of Object.entries(answer.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  const status = answer.statusCode ?? 500;
  if (bodiless.has(status)) answer.resume();
  const body = bodiless.has(status) ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
  return new Response(body, { status, headers });
}
