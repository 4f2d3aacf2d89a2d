/**
 * Receives callbacks and believes only those that are signed: `node examples/receive-callbacks.ts PORT URL`.
 * The signature is that of Standard Webhooks (standardwebhooks.com), `v1a`: Ed25519 over `id.timestamp.body`.
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';

const [port = '4100', url = 'http://localhost:4000'] = process.argv.slice(2);

/** A callback that was caught on its way is worthless to replay after this. */
const toleranceMs = 5 * 60_000;

async function readPublicKey(): Promise<KeyObject> {
  const demo = (await (await fetch(`${url}/demo.json`)).json()) as {
    tenants: [{ native: { base: string; headers: Record<string, string> } }];
  };
  const { base, headers } = demo.tenants[0].native;
  const { publicKey } = (await (await fetch(`${base}/signing-key`, { headers })).json()) as {
    publicKey: string;
  };
  const x = Buffer.from(publicKey, 'base64').toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

function isGenuine(headers: IncomingHttpHeaders, body: string, key: KeyObject): boolean {
  const timestamp = Number(headers['webhook-timestamp']);
  if (!(Math.abs(Date.now() - timestamp * 1_000) < toleranceMs)) return false;
  const signed = Buffer.from(`${headers['webhook-id']}.${timestamp}.${body}`);
  const signatures = String(headers['webhook-signature']).split(' ');
  return signatures.some(
    (one) => one.startsWith('v1a,') && verify(null, signed, key, Buffer.from(one.slice(4), 'base64')),
  );
}

const key = await readPublicKey();
const seen = new Set<unknown>();
createServer(async (request, response) => {
  const body = await text(request);
  const genuine = isGenuine(request.headers, body, key);
  const again = genuine && seen.size === seen.add(request.headers['webhook-id']).size;
  console.log(genuine ? `${again ? 'again' : 'new'}: ${body}` : 'refused: the signature is not theirs');
  response.writeHead(genuine ? 204 : 401).end();
}).listen(Number(port), '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${port}/`));
