/** The network as the process has it: HTTP, and TLS with a certificate of our own where a processor asks for one. */
import { createHash } from 'node:crypto';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { ClientCertificate, Network, NetworkAnswer, NetworkRequest } from './kit/connector.ts';

/** Certificates whose connections are kept open. A tenant has one or two; the least used ones are let go. */
const maxAgents = 200;

/** Before a server gives up an idle connection: Node's own keeps one for five seconds. */
const idleMs = 4_000;

const usual: http.AgentOptions = { keepAlive: true, timeout: idleMs };

/**
 * Makes the network that connectors are given. Redirects are not followed: a request to a processor carries credentials.
 * It stands on `node:http`, because `fetch` takes three times the processor time of a small request.
 */
export function openNetwork(timeoutMs: number): Network {
  const agents = new Map<string, https.Agent>();
  const plain = new http.Agent(usual);
  const secure = new https.Agent(usual);
  return {
    timeoutMs,
    exchange: async (url, request) => {
      const { method, headers, clientCertificate } = request;
      const usualAgent = new URL(url).protocol === 'https:' ? secure : plain;
      const agent = clientCertificate === undefined ? usualAgent : agentFor(agents, clientCertificate);
      const { request: ask } = agent === plain ? http : https;
      const sending = ask(url, { method, headers: { 'user-agent': 'Quittance', ...headers }, agent });
      return exchange(sending, request, timeoutMs);
    },
  };
}

/** One agent for each certificate, so that nobody's connection is used for somebody else. */
function agentFor(
  agents: Map<string, https.Agent>,
  { certificate, key, authority }: ClientCertificate,
): https.Agent {
  const name = createHash('sha256')
    .update(JSON.stringify([certificate, key, authority]))
    .digest('hex');
  const agent =
    agents.get(name) ??
    new https.Agent({
      ...usual,
      cert: certificate,
      key,
      ...(authority === undefined ? {} : { ca: authority }),
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

/** Sends the request and reads the whole answer. Rejects with the socket's error, or a `TimeoutError`. */
function exchange(
  sending: http.ClientRequest,
  { body, maxBytes }: NetworkRequest,
  timeoutMs: number,
): Promise<NetworkAnswer> {
  return new Promise((resolve, reject) => {
    const late = () => sending.destroy(new DOMException('There was no answer in time.', 'TimeoutError'));
    const timer = setTimeout(late, timeoutMs);
    sending.on('error', reject);
    sending.on('response', (answer) => {
      answer.on('error', reject);
      readUpTo(answer, maxBytes, (read) => resolve(toAnswer(answer, read)));
    });
    sending.on('close', () => {
      clearTimeout(timer);
      // Where it was answered, it is settled.
      reject(new Error('The connection ended without a whole answer.'));
    });
    sending.end(body);
  });
}

/** Tells the whole body, or nothing as soon as it is longer. */
function readUpTo(
  answer: IncomingMessage,
  maxBytes: number,
  tell: (body: Uint8Array | undefined) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  answer.on('data', (chunk: Buffer) => {
    size += chunk.length;
    chunks.push(chunk);
    if (size <= maxBytes) return;
    tell(undefined);
    answer.destroy();
  });
  answer.on('end', () => tell(Buffer.concat(chunks)));
}

function toAnswer(answer: IncomingMessage, body: Uint8Array | undefined): NetworkAnswer {
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
  return { status: answer.statusCode ?? 0, headers: Object.fromEntries(headers), body };
}
