import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A file the pages load. Its path changes with its bytes, so it may be cached for ever. */
export interface Asset {
  readonly path: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

type AssetName = 'checkout.css' | 'checkout.js' | 'demo.css' | 'icon.svg';

function load(name: AssetName, contentType: string, files: readonly string[]): Asset {
  const bytes = Buffer.concat(
    files.map((file) => readFileSync(new URL(`./assets/${file}`, import.meta.url))),
  );
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const [stem, extension] = name.split('.');
  return { path: `/assets/${stem}.${hash}.${extension}`, contentType, bytes };
}

const loaded: Readonly<Record<AssetName, Asset>> = {
  'checkout.css': load('checkout.css', 'text/css; charset=utf-8', ['base.css', 'bill.css', 'swish.css']),
  'checkout.js': load('checkout.js', 'text/javascript; charset=utf-8', ['checkout.js']),
  'demo.css': load('demo.css', 'text/css; charset=utf-8', ['demo.css']),
  'icon.svg': load('icon.svg', 'image/svg+xml', ['icon.svg']),
};

/** To be served with `cache-control: public, max-age=31536000, immutable`. */
export const assets: readonly Asset[] = Object.values(loaded);

export function assetPath(name: AssetName): string {
  return loaded[name].path;
}
