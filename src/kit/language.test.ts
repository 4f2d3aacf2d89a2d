import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findLanguage, languages, preferredLanguage } from './language.ts';

test('a tag is read by its language, and every Norwegian is shown Bokmål', () => {
  for (const language of languages) assert.equal(findLanguage(language), language);
  assert.equal(findLanguage('de-AT'), 'de');
  assert.equal(findLanguage(' FI-fi '), 'fi');
  assert.equal(findLanguage('no'), 'nb');
  assert.equal(findLanguage('nn-NO'), 'nb');
  for (const tag of ['', 'xx', 'constructor', '__proto__', 'svenska'])
    assert.equal(findLanguage(tag), undefined);
});

test('a browser is spoken to in the first language it prefers that we speak', () => {
  assert.equal(preferredLanguage('sv-SE,sv;q=0.9,en;q=0.8'), 'sv');
  assert.equal(preferredLanguage('fr, da;q=0.5, fi;q=0.7'), 'fi');
  assert.equal(preferredLanguage('de;q=0, nn'), 'nb');
  assert.equal(preferredLanguage('fr-FR,fr'), 'en');
  assert.equal(preferredLanguage(''), 'en');
});

test('whatever a header holds, an answer comes of it', () => {
  fc.assert(fc.property(fc.string(), (header) => languages.includes(preferredLanguage(header))));
});
