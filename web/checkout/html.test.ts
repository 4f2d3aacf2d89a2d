import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Hole, html, isSafeAddress } from './html.ts';

test('text in a hole never opens a tag, ends an attribute or starts an entity', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'<>"\'&;=/! a\n\u0000é🐶') }), (text) => {
      const printed = String(html`<p title="${text}">${text}</p>`);
      const match = /^<p title="([^"]*)">(.*)<\/p>$/s.exec(printed);
      assert.equal(match?.[1], match?.[2]);
      assert.doesNotMatch(match?.[2] ?? '<', /[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
    }),
  );
});

test('a template within a template is not escaped twice, and lists print one after the other', () => {
  assert.equal(
    String(html`<ul>${['a', '<'].map((text) => html`<li>${text}</li>`)}</ul>`),
    '<ul><li>a</li><li>&lt;</li></ul>',
  );
});

test('absent values print nothing, zero prints', () => {
  assert.equal(String(html`${undefined}${null}${false}${0}${0n}${''}`), '00');
});

test('an object that only looks like markup is refused', () => {
  const forged = JSON.parse('{"toString":"<script>","length":1,"0":"<b>"}');
  assert.throws(() => html`<p>${forged as unknown as Hole}</p>`);
});

const unsafe = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\tscript:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD4=',
  'vbscript:msgbox(1)',
  'blob:https://example.com/1',
  'file:///etc/passwd',
  '//evil.example/x',
  '/\\evil.example',
  '\\\\evil.example',
  'https://user@evil.example/',
  'https://good.example@evil.example/',
  'https://evil.example/\nset-cookie: a=b',
  'relative/path',
  '',
];

test('an unsafe address is neither linked to, posted to nor loaded', () => {
  for (const address of unsafe) {
    assert.equal(isSafeAddress(address), false, JSON.stringify(address));
    assert.equal(String(html`<a href="${address}"></a>`), '<a href="about:invalid"></a>');
  }
});

test('web addresses, paths of this site and inline pictures are safe', () => {
  for (const address of [
    'https://a.example/b?c=d#e',
    'http://localhost:4000/x',
    '/pay/abc',
    'data:image/png;base64,AA==',
  ]) {
    assert.equal(String(html`<img src="${address}">`), `<img src="${address}">`);
  }
});

test('a template that escaping cannot make safe does not render', () => {
  const text = 'x';
  const templates = [
    () => html`<p title=${text}></p>`,
    () => html`<p ${text}></p>`,
    () => html`<p onclick="${text}"></p>`,
    () => html`<p style="color: ${text}"></p>`,
    () => html`<iframe srcdoc="${text}"></iframe>`,
    () => html`<script>let a = "${text}";</script>`,
    () => html`<script type="module">if (1 < 2) { ${text} }</script>`,
    () => html`<style>p { color: ${text} }</style>`,
    () => html`<!-- ${text} -->`,
    () => html`<a href="/pay/${text}"></a>`,
    () => html`<a href="${text}/more"></a>`,
  ];
  for (const template of templates) assert.throws(template, /a hole/, String(template));
});
