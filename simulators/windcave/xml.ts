/**
 * Windcave's side of the wire: reads flat request documents and writes answers. Written apart from the connector's
 * reader and writer, so that a mistake in one cannot hide in the other.
 */
import { SaxesParser } from 'saxes';

export class BadRequest extends Error {}

export interface RequestDocument {
  readonly root: string;
  /** The trimmed text of an element below the root, or nothing. */
  field(name: string): string;
}

/** Reads a request: a root and one level of fields. Anything else, a DOCTYPE above all, is refused. */
export function readRequest(body: Uint8Array): RequestDocument {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new BadRequest('not UTF-8');
  }
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) throw new BadRequest('DOCTYPE refused');
  const fields = new Map<string, string>();
  const path: string[] = [];
  let root = '';
  const parser = new SaxesParser({ position: false });
  const refuse = () => {
    throw new BadRequest('malformed document');
  };
  parser.on('error', refuse);
  parser.on('doctype', refuse);
  parser.on('processinginstruction', refuse);
  parser.on('xmldecl', (declaration) => {
    if (!/^(utf-8|us-ascii)$/i.test(declaration.encoding ?? 'utf-8')) refuse();
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (!/^[A-Za-z]\w*$/.test(name) || Object.keys(attributes).length > 0) refuse();
    if (path.length === 0) root = name;
    else if (fields.has(name)) refuse();
    else fields.set(name, '');
    if (path.push(name) > 2 || fields.size > 100) refuse();
  });
  const add = (piece: string) => {
    const name = path.length === 2 ? path[1] : undefined;
    if (name !== undefined) fields.set(name, `${fields.get(name)}${piece}`);
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('closetag', () => path.pop());
  parser.write(text).close();
  return { root, field: (name) => fields.get(name)?.trim() ?? '' };
}

/** What nearly every field is: nothing in it to escape. */
const plain = /^[\x20!\x23-\x25\x27-;=?-~]*$/;

/** Escapes text for an element or an attribute. What XML has no character for is left out. */
export function escapeXml(text: string): string {
  if (plain.test(text)) return text;
  return text
    .replace(/[^\x20-\x7e\u{a0}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

export function elements(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => (value === '' ? `<${name}/>` : `<${name}>${escapeXml(value)}</${name}>`))
    .join('');
}
