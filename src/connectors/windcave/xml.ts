/** The tiny, flat XML dialect of PxPay and PxPost: one writer that escapes everything, one reader that refuses much. */
import { SaxesParser } from 'saxes';

/** One element as read: its attributes, its own text, its children by name. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
  readonly children: ReadonlyMap<string, XmlElement>;
}

/** Why a document was refused. The words are ours: no piece of the document is repeated in them. */
export class XmlError extends Error {}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

// Everything XML 1.0 has no character for, and the C1 controls, which no free text needs.
const forbidden = /[^\x20-\x7e\u{a0}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

/** Escapes text for an element. Throws on control characters and lone surrogates: they are never written. */
function escapeText(text: string): string {
  if (forbidden.test(text)) throw new XmlError('a control character cannot be written');
  return text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? '');
}

/** Writes `<root>` with one child for each field, in order. Fields that are undefined are left out. */
export function writeXml(root: string, fields: Readonly<Record<string, string | undefined>>): string {
  const children = Object.entries(fields).map(([name, value]) =>
    value === undefined ? '' : `<${name}>${escapeText(value)}</${name}>`,
  );
  return `<${root}>${children.join('')}</${root}>`;
}

const maxDepth = 4;
const maxElements = 400;

interface OpenElement {
  name: string;
  attributes: Map<string, string>;
  text: string;
  children: Map<string, XmlElement>;
}

/**
 * Reads one document. Refuses, with an XmlError: bytes that are not UTF-8, a DOCTYPE, a processing instruction,
 * undeclared entities, anything not well formed, deep or many elements, and a child that appears twice with
 * different text, because then it has no one meaning.
 */
export function readXml(bytes: Uint8Array): XmlElement {
  const text = decodeUtf8(bytes);
  if (/<!DOCTYPE/i.test(text)) throw new XmlError('DOCTYPE refused');
  const reader = flatReader();
  try {
    reader.parser.write(text).close();
  } catch (error) {
    throw error instanceof XmlError ? error : new XmlError('not well-formed XML');
  }
  const root = reader.root();
  if (root === undefined) throw new XmlError('no element');
  return root;
}

/** The trimmed text of a child, or of nothing: an absent and an empty element say the same in this dialect. */
export function field(element: XmlElement | undefined, name: string): string {
  return element?.children.get(name)?.text.trim() ?? '';
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new XmlError('not UTF-8');
  }
}

function flatReader(): { parser: SaxesParser; root(): XmlElement | undefined } {
  const parser = new SaxesParser({ position: false });
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  const refuse = (why: string) => () => {
    throw new XmlError(why);
  };
  parser.on('doctype', refuse('DOCTYPE refused'));
  parser.on('processinginstruction', refuse('processing instruction refused'));
  parser.on('error', refuse('not well-formed XML'));
  parser.on('xmldecl', (declaration) => {
    if (!/^(utf-8|us-ascii)$/i.test(declaration.encoding ?? 'utf-8')) throw new XmlError('not UTF-8');
  });
  parser.on('opentag', (tag) => {
    elements += 1;
    if (open.length >= maxDepth || elements > maxElements)
      throw new XmlError('too deep or too many elements');
    if (!/^[A-Za-z]\w*$/.test(tag.name)) throw new XmlError('foreign element');
    const attributes = new Map(Object.entries(tag.attributes));
    open.push({ name: tag.name, attributes, text: '', children: new Map() });
  });
  const addText = (text: string) => {
    const innermost = open.at(-1);
    if (innermost !== undefined) innermost.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed === undefined) return;
    const parent = open.at(-1);
    if (parent === undefined) root = closed;
    else addChild(parent, closed);
  });
  return { parser, root: () => root };
}

function addChild(parent: OpenElement, child: XmlElement): void {
  const earlier = parent.children.get(child.name);
  if (earlier !== undefined && earlier.text !== child.text) throw new XmlError('ambiguous element');
  parent.children.set(child.name, child);
}
