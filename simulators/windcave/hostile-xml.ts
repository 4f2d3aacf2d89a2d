/** Documents made to harm an XML reader, for the tests of both sides of this wire. None may be understood. */

const laughs = Array.from(
  { length: 9 },
  (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`,
).join('');

export const hostileDocuments: readonly (readonly [what: string, document: string | Uint8Array])[] = [
  ['billion laughs', `<!DOCTYPE Txn [<!ENTITY l0 "lol">${laughs}]><Txn><TxnRef>&l9;</TxnRef></Txn>`],
  [
    'quadratic blowup',
    `<!DOCTYPE Txn [<!ENTITY a "${'a'.repeat(20_000)}">]><Txn><TxnRef>${'&a;'.repeat(8000)}</TxnRef></Txn>`,
  ],
  [
    'external file',
    '<!DOCTYPE Txn [<!ENTITY x SYSTEM "file:///etc/passwd">]><Txn><TxnRef>&x;</TxnRef></Txn>',
  ],
  [
    'external address',
    '<!DOCTYPE Txn [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]><Txn><TxnRef>&x;</TxnRef></Txn>',
  ],
  ['parameter entity', '<!DOCTYPE Txn [<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]><Txn/>'],
  ['external DTD', '<!DOCTYPE Txn SYSTEM "http://127.0.0.1:9/evil.dtd"><Txn/>'],
  ['doctype in small letters', '<!doctype Txn><Txn/>'],
  [
    'XInclude',
    '<Txn xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd"/></Txn>',
  ],
  ['undeclared entity', '<Txn><TxnRef>&nbsp;</TxnRef></Txn>'],
  ['a million numeric references', `<Txn><TxnRef>${'&#65;'.repeat(1_000_000)}</TxnRef></Txn>`],
  ['reference to the null character', '<Txn><TxnRef>&#0;</TxnRef></Txn>'],
  ['64 KiB attribute', `<Txn a="${'a'.repeat(65_536)}"/>`],
  ['ten thousand deep', '<a>'.repeat(10_000) + '</a>'.repeat(10_000)],
  ['deep and small', '<a>'.repeat(5000) + '</a>'.repeat(5000)],
  ['ten thousand elements', `<Txn>${'<a/>'.repeat(10_000)}</Txn>`],
  ['UTF-16', Buffer.from('\ufeff<Txn><Success>1</Success></Txn>', 'utf16le')],
  ['UTF-7', '<?xml version="1.0" encoding="UTF-7"?><Txn>+ADw-Success+AD4-1</Txn>'],
  [
    'wrong encoding',
    Buffer.from('<?xml version="1.0" encoding="utf-8"?><Txn><T>\xff\xfe</T></Txn>', 'latin1'),
  ],
  ['null byte', '<Txn><TxnRef>A\u0000B</TxnRef></Txn>'],
  ['unclosed CDATA', '<Txn><TxnRef><![CDATA[A</TxnRef></Txn>'],
  ['processing instruction', '<?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?><Txn/>'],
  ['two roots', '<Txn/><Txn/>'],
  ['an attribute twice', '<Txn a="1" a="2"/>'],
  ['an element twice', '<Txn><TxnRef>A</TxnRef><TxnRef>B</TxnRef></Txn>'],
  ['cut short', '<Txn><TxnRef>A</TxnRef'],
  ['nothing', ''],
  ['a web page', '<html><body><p>Service unavailable<br></body></html>'],
];
