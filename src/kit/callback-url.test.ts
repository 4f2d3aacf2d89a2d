import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkCallbackUrl, publicTargets, type TargetPolicy } from './callback-url.ts';
import { isPublicAddress } from './public-address.ts';

const demo: TargetPolicy = { ...publicTargets, loopback: { ownPorts: [4000, 4001] } };

test('https URLs of public hosts are accepted as they are', () => {
  for (const text of [
    'https://example.com/callback',
    'HTTPS://Example.COM:8443/a?b=c#d',
    'https://räksmörgås.se/',
    'https://user.example.com/@here?mail=a@b.c',
    'https://8.8.8.8/',
    'https://[2606:4700::1111]/',
  ])
    assert.deepEqual(checkCallbackUrl(text, publicTargets), { ok: true, url: new URL(text) }, text);
});

test('production accepts neither plain http nor other ports', () => {
  for (const text of [
    ...['http://example.com/', 'http://localhost/', 'http://localhost:3000/', 'http://127.0.0.1:3000/'],
    ...[
      'https://example.com:80/',
      'https://example.com:5432/',
      'https://example.com:0/',
      'https://localhost/',
    ],
  ])
    assert.equal(checkCallbackUrl(text, publicTargets).ok, false, text);
});

test('demo mode adds plain http to this machine, on ports that are not our own', () => {
  for (const text of [
    'http://localhost:3000/hook',
    'http://127.0.0.1:3000/',
    'http://LOCALHOST/',
    'https://example.com/',
  ])
    assert.equal(checkCallbackUrl(text, demo).ok, true, text);
  for (const text of [
    ...['http://localhost:4000/', 'http://127.0.0.1:4001/', 'http://example.com/', 'http://10.0.0.1:3000/'],
    ...['http://127.0.0.2:3000/', 'http://[::1]:3000/', 'http://0.0.0.0:3000/', 'http://a.localhost:3000/'],
    ...['https://localhost:8443/', 'https://127.0.0.1/', 'http://localhost.:3000/', 'http://192.168.1.1/'],
  ])
    assert.equal(checkCallbackUrl(text, demo).ok, false, text);
});

test('text that different readers would read differently is refused', () => {
  for (const text of [
    ...[
      '',
      'example.com',
      '//example.com/',
      '/callback',
      'https:example.com',
      'https:/example.com',
      'https:///example.com',
    ],
    ...[
      'https://',
      'https://?',
      'https://a b.com/',
      'https://example.com/ ',
      ' https://example.com/',
      'https://example.com\\@b.com/',
    ],
    ...[
      'https:\\\\example.com/',
      'https://exam\tple.com/',
      'https://example.com/\r\nx-evil: 1',
      'https://example.com/\u0000',
    ],
    ...[
      'https://user@example.com/',
      'https://user:pass@example.com/',
      'https://@example.com/',
      'https://:@example.com/',
    ],
    ...[
      'file:///etc/passwd',
      'gopher://example.com/',
      'ftp://example.com/',
      'javascript:alert(1)',
      'data:,x',
      'ws://example.com/',
    ],
    ...[
      'https://example.com:99999/',
      'https://[fe80::1%25eth0]/',
      'https://1.2.3.4.5/',
      'https://256.0.0.1/',
      'https://exa%00mple.com/',
    ],
    ...[`https://example.com/${'a'.repeat(2_048)}`, 'https://intranet/', 'https://postgres:8443/'],
  ])
    assert.equal(checkCallbackUrl(text, publicTargets).ok, false, JSON.stringify(text));
});

test('only addresses given to the internet are public', () => {
  for (const address of [
    '8.8.8.8',
    '1.1.1.1',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '2a00:1450::1',
    '::ffff:8.8.8.8',
  ])
    assert.equal(isPublicAddress(address), true, address);
  for (const address of [
    ...[
      '0.0.0.0',
      '0.1.2.3',
      '10.0.0.1',
      '100.64.0.1',
      '100.127.255.255',
      '127.0.0.1',
      '127.255.255.254',
      '169.254.169.254',
    ],
    ...[
      '172.16.0.1',
      '172.31.255.255',
      '192.0.0.192',
      '192.0.2.1',
      '192.168.0.1',
      '198.18.0.1',
      '198.51.100.1',
      '203.0.113.1',
    ],
    ...['224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', '168.63.129.16'],
    ...[
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:10.0.0.1',
      '::127.0.0.1',
      '64:ff9b::7f00:1',
      '64:ff9b:1::a00:1',
      '2002:7f00:1::',
    ],
    ...[
      '2001::1',
      '2001:db8::1',
      'fc00::1',
      'fd00:ec2::254',
      'fe80::1',
      'fe80::1%eth0',
      'fec0::1',
      'ff02::1',
      '100::1',
      '4000::1',
    ],
    ...['', 'example.com', '1.2.3', '1.2.3.4/32', '[::1]'],
  ])
    assert.equal(isPublicAddress(address), false, address);
});

test('an installation is never told to call itself', () => {
  const own = ['93.184.216.34', '2606:2800:220::/48'];
  for (const address of ['93.184.216.34', '::ffff:93.184.216.34', '2606:2800:220:1::1'])
    assert.equal(isPublicAddress(address, own), false, address);
  assert.equal(isPublicAddress('93.184.216.35', own), true);
  assert.equal(checkCallbackUrl('https://93.184.216.34/', { ...publicTargets, ownAddresses: own }).ok, false);
});
