import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDataUrl, readPicture } from './picture.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('a picture is what its bytes are, whatever it is called', () => {
  assert.equal(readPicture(png, 'text/html')?.contentType, 'image/png');
  assert.equal(readPicture(Buffer.from('ffd8ffe0', 'hex'), '')?.contentType, 'image/jpeg');
  assert.equal(readPicture(Buffer.from('GIF89a'), 'image/png')?.contentType, 'image/gif');
  assert.equal(readPicture(Buffer.from('RIFF....WEBPVP8 '), '')?.contentType, 'image/webp');
  assert.equal(readPicture(Buffer.from('<svg xmlns="x"/>'), 'image/svg+xml')?.contentType, 'image/svg+xml');
  for (const [bytes, type] of [
    ['<html><script>alert(1)</script>', 'image/png'],
    ['<svg/>', 'text/html'],
    ['<html>', 'image/svg+xml'],
    ['', 'image/png'],
  ] as const)
    assert.equal(readPicture(Buffer.from(bytes), type), undefined);
});

test('a data URL holds a picture in base64, or nothing', () => {
  assert.deepEqual(readDataUrl(`data:image/png;base64,${png.toString('base64')}`)?.bytes, png);
  for (const url of [
    'data:text/html;base64,PGI+',
    'data:image/png,x',
    'data:image/png;base64,PGI+',
    'https://a',
  ])
    assert.equal(readDataUrl(url), undefined);
});
