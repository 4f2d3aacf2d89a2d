import { Duplex } from 'node:stream';

/** Something that answers PostgreSQL protocol messages: a complete batch of bytes in, all of its reply out. */
export interface Backend {
  exchange(message: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * The socket the PostgreSQL driver believes it is talking through. Everything the driver writes in one go (parse,
 * bind, describe, execute, sync) crosses to the engine as one message and comes back as one reply, so a statement
 * costs one round trip, and both stores share the driver's protocol, prepared statements and value parsing.
 */
export class WireStream extends Duplex {
  readonly #backend: Backend;

  constructor(backend: Backend) {
    super();
    this.#backend = backend;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#exchange([chunk], done);
  }

  override _writev(writes: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#exchange(
      writes.map(({ chunk }) => chunk),
      done,
    );
  }

  override _read(): void {
    // Replies are pushed as they come: there is at most one outstanding.
  }

  override _final(done: (error?: Error | null) => void): void {
    this.push(null);
    done();
  }

  #exchange(chunks: Buffer[], done: (error?: Error | null) => void): void {
    this.#backend.exchange(ownedBytes(chunks)).then((reply) => {
      if (reply.length > 0) this.push(Buffer.from(reply.buffer, reply.byteOffset, reply.length));
      done();
    }, done);
  }

  // What the driver asks of a TCP socket.
  connect(): this {
    queueMicrotask(() => this.emit('connect'));
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}

/** A copy in a buffer of its own: the driver's chunks share a pool, and a pooled buffer cannot change threads. */
function ownedBytes(chunks: Buffer[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
