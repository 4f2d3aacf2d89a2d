import { createHash } from 'node:crypto';
import { CoreError } from '#kit/errors.ts';
import { documentCipher } from '#kit/secrets.ts';
import { maxUploadBytes } from './upload.ts';

/** A document as it is kept, with what is needed to open it; the key is the caller's to wrap. */
export interface EncryptedDocument {
  readonly key: Buffer;
  readonly nonce: Buffer;
  readonly tag: Buffer;
  readonly pieces: readonly Buffer[];
  readonly bytes: number;
  /** SHA-256 of the document, by which a repeated request is known. */
  readonly digest: Buffer;
}

/** What a row holds at most: to copy and send so much takes no time that anybody else would notice. */
const pieceBytes = 256 * 1_024;

/** Every PDF begins so. */
const magic = Buffer.from('%PDF-');

/**
 * Encrypts a document while it arrives: no more of it than its ciphertext is ever in memory. Refused as `body_too_large`
 * as soon as it is, as `unsupported_media_type` where it does not begin as a PDF does, and as `malformed_body` where
 * it ends before it began. It is never looked into further.
 */
export async function encryptDocument(
  chunks: AsyncIterable<Buffer>,
  context: string,
): Promise<EncryptedDocument> {
  const cipher = documentCipher(context);
  const hash = createHash('sha256');
  const pieces = new Pieces();
  let head = Buffer.alloc(0);
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxUploadBytes)
      throw new CoreError('body_too_large', `A document is at most ${maxUploadBytes} bytes.`);
    if (head.length < magic.length)
      head = Buffer.concat([head, chunk.subarray(0, magic.length - head.length)]);
    if (!magic.subarray(0, head.length).equals(head)) throw notPdf();
    hash.update(chunk);
    pieces.add(cipher.update(chunk));
  }
  if (bytes === 0) throw new CoreError('malformed_body', 'The body is empty.');
  if (head.length < magic.length) throw notPdf();
  return { ...cipher.finish(), pieces: pieces.all(), bytes, digest: hash.digest() };
}

function notPdf(): CoreError {
  return new CoreError('unsupported_media_type', 'The document is not a PDF.');
}

/** Gathers small chunks into pieces of one size, each copied once. */
class Pieces {
  readonly #full: Buffer[] = [];
  #open: Buffer[] = [];
  #openBytes = 0;

  add(chunk: Buffer): void {
    this.#open.push(chunk);
    this.#openBytes += chunk.length;
    if (this.#openBytes >= pieceBytes) this.#close();
  }

  all(): readonly Buffer[] {
    if (this.#openBytes > 0) this.#close();
    return this.#full;
  }

  #close(): void {
    this.#full.push(Buffer.concat(this.#open, this.#openBytes));
    this.#open = [];
    this.#openBytes = 0;
  }
}
