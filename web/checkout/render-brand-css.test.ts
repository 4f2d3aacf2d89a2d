import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { renderBrandCss } from './render-brand-css.ts';

test('a tenant’s colour is served with text that reads on it', () => {
  assert.equal(renderBrandCss({ name: 'A', colour: '#2F6f4f' }), ':root{--brand:#2f6f4f;--on-brand:#fff}\n');
  assert.equal(renderBrandCss({ name: 'A', colour: '#fd0' }), ':root{--brand:#ffdd00;--on-brand:#000}\n');
});

test('text on a tenant’s colour has the contrast WCAG asks for, whatever the colour', () => {
  const channel = (text: string) => {
    const value = Number.parseInt(text, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const luminance = (colour: string) => {
    const [red = '', green = '', blue = ''] = colour.match(/[0-9a-f]{2}/g) ?? [];
    return 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
  };
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
      const colour = `#${number.toString(16).padStart(6, '0')}`;
      const [, ink] = /--on-brand:#(...)/.exec(renderBrandCss({ name: 'A', colour })) ?? [];
      const [light, dark] = [luminance(colour), ink === 'fff' ? 1 : 0].toSorted((a, b) => b - a);
      assert.ok(((light ?? 0) + 0.05) / ((dark ?? 1) + 0.05) >= 4.5, colour);
    }),
  );
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
