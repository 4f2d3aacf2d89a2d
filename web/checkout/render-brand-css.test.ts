import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { renderBrandCss } from './render-brand-css.ts';

test('a tenant’s colour is served with text that reads on it', () => {
  assert.equal(renderBrandCss({ name: 'A', colour: '#2F6f4f' }), ':root{--brand:#2f6f4f;--on-brand:#fff}\n');
  assert.equal(renderBrandCss({ name: 'A', colour: '#fd0' }), ':root{--brand:#ffdd00;--on-brand:#000}\n');
});

test('only a colour can become a stylesheet', () => {
  const injections = [
    'red',
    '#12',
    '#12345',
    '#fff;}body{display:none',
    'url(//evil.example)',
    '#ggg',
    '#fff\n',
  ];
  for (const colour of injections) assert.equal(renderBrandCss({ name: 'A', colour }), '');
  fc.assert(fc.property(fc.string(), (colour) => renderBrandCss({ name: 'A', colour }).length <= 45));
});
