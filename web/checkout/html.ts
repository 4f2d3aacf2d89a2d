/**
 * The one way this program makes markup. Everything interpolated is escaped, so text from outside can only ever be
 * shown, never run. There is no way to pass ready-made markup in: a constant is simply a template without holes.
 */

class Markup {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** Markup made by {@link html}. The class behind it is not exported, so nothing else can make one. */
export type Html = Markup;

/** What may stand in a hole. `false`, `null` and `undefined` print nothing, so that a condition reads `when && html`. */
export type Hole = Html | string | number | bigint | false | null | undefined | readonly Hole[];

type Place = 'text' | 'address';

const places = new WeakMap<TemplateStringsArray, readonly Place[]>();

/**
 * Renders a template. A hole in `href`, `src` or `action` must be the whole value and is checked by
 * {@link isSafeAddress}; an unsafe one becomes `about:invalid`.
 *
 * Throws on templates that escaping cannot make safe: a hole in an unquoted attribute, an event handler, a `style` or
 * `srcdoc`, a comment, or inside `<script>` or `<style>`.
 */
export function html(strings: TemplateStringsArray, ...holes: readonly Hole[]): Html {
  let known = places.get(strings);
  if (known === undefined) {
    known = placesOf(strings);
    places.set(strings, known);
  }
  let text = strings[0] ?? '';
  for (const [index, hole] of holes.entries()) {
    text += known[index] === 'address' ? printAddress(hole) : print(hole);
    text += strings[index + 1] ?? '';
  }
  return new Markup(text);
}

/** Whether an address may be linked to, posted to or loaded: http, https, a path of this site, an inline image, the Swish app. */
export function isSafeAddress(address: string): boolean {
  if (/[\s\\<>"\p{Cc}]/u.test(address)) return false;
  if (/^\/(?!\/)/.test(address)) return true;
  if (/^data:image\/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=]+$/.test(address)) return true;
  if (/^swish:\/\/paymentrequest\?token=[0-9A-Za-z-]+&callbackurl=[0-9A-Za-z%._~-]*$/.test(address))
    return true;
  const url = URL.parse(address);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '';
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

function print(hole: Hole): string {
  if (hole instanceof Markup) return hole.toString();
  if (hole === false || hole === null || hole === undefined) return '';
  if (typeof hole === 'object') return hole.map(print).join('');
  return escapeText(String(hole));
}

function printAddress(hole: Hole): string {
  return typeof hole === 'string' && isSafeAddress(hole) ? escapeText(hole) : 'about:invalid';
}

function placesOf(strings: TemplateStringsArray): readonly Place[] {
  const found: Place[] = [];
  let before = '';
  for (const [index, chunk] of strings.slice(0, -1).entries()) {
    before += chunk;
    found.push(placeAfter(before, strings[index + 1] ?? ''));
    before += '\u0000';
  }
  return found;
}

function placeAfter(before: string, after: string): Place {
  if (isInside(before, 'script') || isInside(before, 'style'))
    throw new Error('a hole inside script or style');
  if (before.lastIndexOf('<!--') > before.lastIndexOf('-->')) throw new Error('a hole inside a comment');
  const tag = /<[a-z][^<>]*$/i.exec(before)?.[0];
  if (tag === undefined) return 'text';
  const attribute = /\s([a-z-]+)="([^"]*)$/i.exec(tag);
  if (attribute === null) throw new Error(`a hole outside a quoted attribute: ${tag}`);
  const name = (attribute[1] ?? '').toLowerCase();
  if (name.startsWith('on') || name === 'style' || name === 'srcdoc') throw new Error(`a hole in ${name}`);
  if (name !== 'href' && name !== 'src' && name !== 'action') return 'text';
  if (attribute[2] !== '' || !after.startsWith('"')) throw new Error(`a hole must be the whole ${name}`);
  return 'address';
}

/** Whether the element has been opened, completely, and not closed. */
function isInside(before: string, element: string): boolean {
  const lower = before.toLowerCase();
  const opened = lower.lastIndexOf(`<${element}`);
  return (
    opened > lower.lastIndexOf(`</${element}`) && /^[^"<>]*(?:"[^"]*"[^"<>]*)*>/.test(lower.slice(opened + 1))
  );
}
