import fs from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** The parts of the engine's compiled-in Node file system that the shim touches. */
interface HostStream {
  readonly nfd?: number;
  readonly node: object;
}
interface HostFileSystem {
  readonly stream_ops: { fsync?: (stream: HostStream) => number };
  realPath(node: object): string;
  /** Turns an error of the host into the errno the engine understands; a raw error would count as success. */
  tryFSOperation<T>(operation: () => T): T;
}

/**
 * The engine's Node file system with the one thing it lacks: fsync. As shipped, the engine's fsync finds no such
 * function on the Node file system and reports success, so nothing confirmed survives a power cut.
 */
export class DurableNodeFS extends NodeFS {
  #syncs = 0;

  /** How many times the engine has had the host sync something, counted after the host confirmed. */
  get syncs(): number {
    return this.#syncs;
  }

  override async init(...parameters: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const initialised = await super.init(...parameters);
    initialised.emscriptenOpts.preRun?.push((module) => {
      const host = module.NODEFS as unknown as HostFileSystem;
      host.stream_ops.fsync = (stream) =>
        host.tryFSOperation(() => {
          if (stream.nfd === undefined) syncPath(host.realPath(stream.node));
          else fs.fsyncSync(stream.nfd);
          this.#syncs += 1;
          return 0;
        });
    });
    return initialised;
  }
}

/** Syncs one file or directory by name. */
export function syncPath(path: string): void {
  const descriptor = fs.openSync(path, 'r');
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Syncs a directory and everything below it. */
export function syncTree(directory: string): void {
  for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
    const path = `${directory}/${entry.name}`;
    if (entry.isDirectory()) syncTree(path);
    else syncPath(path);
  }
  syncPath(directory);
}
