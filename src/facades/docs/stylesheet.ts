import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const bytes = readFileSync(new URL('./docs.css', import.meta.url));
const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);

/** Its path changes with its bytes, so it may be cached for ever. */
export const stylesheet = { path: `/docs/docs.${hash}.css`, bytes };
