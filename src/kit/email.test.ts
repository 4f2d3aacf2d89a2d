import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leastCpuMs } from '#test/support/least-cpu.ts';
import { isEmail } from './email.ts';

test('addresses people have are e-mail addresses', () => {
  const accepted = [
    'anna@example.com',
    'anna.b+vet@mail.example.co.uk',
    "o'neil@example.com",
    'a@räksmörgås.se',
    'a@xn--p1ai.example',
  ];
  for (const text of accepted) assert.equal(isEmail(text), true, text);
});

test('text that no mail server or header should see is not an e-mail address', () => {
  const refused = [
    ...['', '@', 'anna', 'anna@', '@example.com', 'anna@localhost', 'a@b@example.com', 'anna@example..com'],
    ...[
      '.anna@example.com',
      'an..na@example.com',
      'anna.@example.com',
      'anna@-example.com',
      'anna@example-.com',
    ],
    ...[
      'anna@10.0.0.1',
      'anna@[10.0.0.1]',
      'anna b@example.com',
      '"anna b"@example.com',
      'anna@example.com\r\nBcc: b@c.de',
    ],
    ...[
      'anna@example.com ',
      'Anna <anna@example.com>',
      'a,b@example.com',
      'anna@exa mple.com',
      'anna@example.com\u0000',
    ],
    ...[`${'a'.repeat(65)}@example.com`, `a@${'b'.repeat(64)}.com`, `a@${'b.'.repeat(130)}com`],
  ];
  for (const text of refused) assert.equal(isEmail(text), false, JSON.stringify(text));
});

test('a hostile address of 64 KiB is refused at once', async () => {
  for (const text of [
    'a'.repeat(65_536),
    `${'a.'.repeat(32_768)}@`,
    `a@${'-'.repeat(65_536)}`,
    '@'.repeat(65_536),
  ]) {
    const tookMs = await leastCpuMs(() => assert.equal(isEmail(text), false));
    assert.ok(tookMs < 50, `${tookMs} ms`);
  }
});
