/** Many clients who upload a document at once, in a process of their own: what they cost is not the server's. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface Flood {
  /** One document to each. */
  readonly urls: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: number;
}

/** How many were kept at once, and how many were told to come again and did, until all were kept. */
interface Flooded {
  readonly kept: number;
  readonly toldToComeAgain: number;
}

/** Throws what was answered where it was neither. */
export async function floodWithUploads(flood: Flood): Promise<Flooded> {
  const { stdout } = await run(process.execPath, [fileURLToPath(import.meta.url), JSON.stringify(flood)], {
    maxBuffer: 16 * 1_024 * 1_024,
  });
  return JSON.parse(stdout) as Flooded;
}

/** Everybody at once; who is told to come again does when everybody has been answered. */
async function flood({ urls, headers, bytes }: Flood): Promise<Flooded> {
  const content = Buffer.concat([Buffer.from('%PDF-'), randomBytes(bytes - 5)]);
  let toldToComeAgain = 0;
  for (let left = urls; left.length > 0; ) {
    const answers = await Promise.all(left.map((url) => upload(url, headers, content)));
    const again = left.filter((_, index) => answers[index]?.status === 503);
    const other = answers.find(({ status, retryAfter }) => status !== 201 && retryAfter !== '5');
    if (other !== undefined) throw new Error(`answered ${other.status}: ${other.text}`);
    if (again.length === left.length) throw new Error('nobody was served');
    toldToComeAgain += again.length;
    left = again;
  }
  return { kept: urls.length, toldToComeAgain };
}

const chunkBytes = 64 * 1_024;

async function upload(
  url: string,
  headers: Flood['headers'],
  content: Buffer,
): Promise<{ status: number | undefined; retryAfter: string | undefined; text: string }> {
  const chunks = function* () {
    for (let at = 0; at < content.length; at += chunkBytes) yield content.subarray(at, at + chunkBytes);
  };
  const sending = request(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/pdf', 'content-length': content.length },
  });
  const answered = new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    sending.once('response', resolve);
    sending.once('error', reject);
  });
  Readable.from(chunks(), { objectMode: false }).pipe(sending);
  const response = await answered;
  const answer = await text(response);
  // Who is told to come again need not send the rest.
  sending.destroy();
  return { status: response.statusCode, retryAfter: response.headers['retry-after'], text: answer };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(JSON.stringify(await flood(JSON.parse(process.argv[2] ?? '') as Flood)));
}
