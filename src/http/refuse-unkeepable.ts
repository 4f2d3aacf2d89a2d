import { type CoreError, invalid } from '#kit/errors.ts';

/** Deeper than any body has reason to be, and far from where recursion gives up: ours and the database's. */
const maxDepth = 64;

/**
 * What is wrong with JSON that no database would keep: U+0000 or half a surrogate pair in a text, or no end of
 * nesting. Refused before it is looked at, because a row like that fails all that is written together with it.
 */
export function refuseUnkeepable(body: unknown): CoreError | undefined {
  return refuse(body, []);
}

/** `path` leads to the value. It is one array for the whole body: nearly all are sound, and copies are not free. */
function refuse(value: unknown, path: string[]): CoreError | undefined {
  if (typeof value === 'string') return refuseText(value, path);
  if (value === null || typeof value !== 'object') return undefined;
  if (path.length >= maxDepth) return refusal(path.slice(0, 3), 'out_of_range', `is nested too deep`);
  for (const key of Object.keys(value)) {
    const unkeepable = refuseText(key, path);
    if (unkeepable !== undefined) return unkeepable;
    path.push(key);
    const found = refuse((value as Readonly<Record<string, unknown>>)[key], path);
    if (found !== undefined) return found;
    path.pop();
  }
  return undefined;
}

function refuseText(text: string, path: readonly string[]): CoreError | undefined {
  if (text.isWellFormed() && !text.includes('\0')) return undefined;
  return refusal(path, 'invalid_format', 'holds a character that cannot be kept');
}

function refusal(
  path: readonly string[],
  problem: 'out_of_range' | 'invalid_format',
  what: string,
): CoreError {
  const property = path.join('.') || 'body';
  return invalid(property, problem, `${property} ${what}`);
}
