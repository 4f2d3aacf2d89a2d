/** The tiny, flat XML dialect of PxPay and PxPost: one writer that escapes everything, one reader that refuses much. */
import {
  XmlElement as ParsedElement,
  parseXml,
  XmlDeclaration,
  type XmlDocument,
  XmlText,
} from '@rgrove/parse-xml';

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

/**
 * Reads one document. Refuses, with an XmlError: bytes that are not UTF-8, a DOCTYPE, a processing instruction,
 * undeclared entities, anything not well formed, deep or many elements, and a child that appears twice with
 * different text, because then it has no one meaning.
 */
export function readXml(bytes: Uint8Array): XmlElement {
  let root: XmlElement | undefined;
  for (const node of parse(decodeUtf8(bytes)).children) {
    if (node instanceof ParsedElement) root = toElement(node, 1, { left: maxElements });
    else if (!(node instanceof XmlDeclaration))
      throw new XmlError('DOCTYPE or processing instruction refused');
    else if (!/^(utf-8|us-ascii)$/i.test(node.encoding ?? 'utf-8')) throw new XmlError('not UTF-8');
  }
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

/** The parser recurses: in a document deeper than the stack it fails as in one that is not well formed. */
function parse(text: string): XmlDocument {
  try {
    return parseXml(text, { preserveXmlDeclaration: true, preserveDocumentType: true });
  } catch {
    throw new XmlError('not well-formed XML');
  }
}

/** Of most elements: an answer has eighty, and hardly any with attributes or children. */
const none: ReadonlyMap<string, never> = new Map<string, never>();

/** `left`: how many more elements the document may have. */
function toElement(node: ParsedElement, depth: number, elements: { left: number }): XmlElement {
  elements.left -= 1;
  if (depth > maxDepth || elements.left < 0) throw new XmlError('too deep or too many elements');
  if (!/^[A-Za-z]\w*$/.test(node.name)) throw new XmlError('foreign element');
  const attributes = Object.entries(node.attributes);
  let text = '';
  let children: Map<string, XmlElement> | undefined;
  for (const child of node.children) {
    if (child instanceof XmlText) text += child.text;
    else if (child instanceof ParsedElement) {
      children ??= new Map();
      addChild(children, toElement(child, depth + 1, elements));
    } else throw new XmlError('processing instruction refused');
  }
  return {
    name: node.name,
    attributes: attributes.length === 0 ? none : new Map(attributes),
    text,
    children: children ?? none,
  };
}

function addChild(children: Map<string, XmlElement>, child: XmlElement): void {
  const earlier = children.get(child.name);
  if (earlier !== undefined && earlier.text !== child.text) throw new XmlError('ambiguous element');
  children.set(child.name, child);
}
