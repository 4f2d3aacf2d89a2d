import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import Value from 'typebox/value';
import { CoreError, errorCodes } from '#kit/errors.ts';
import { type NativeServer, startNative, type Wire } from '#test/support/native-server.ts';
import type { Facade } from '../../http/facade.ts';
import { findFacades } from '../find-facades.ts';

let server: NativeServer;
let facades: readonly Facade[];

before(async () => {
  server = await startNative();
  ({ facades } = await findFacades());
});

after(() => server.close());

async function open(path: string) {
  const { statusCode, headers, body } = await server.server.inject({ method: 'GET', url: path });
  return { status: statusCode, headers, text: body };
}

test('the reference lists every API, and every API has a page with every call of its table', async () => {
  const index = await open('/docs');
  assert.equal(index.status, 200);
  assert.ok(facades.length >= 2);
  for (const facade of facades) {
    assert.ok(index.text.includes(`href="/docs/${facade.name}"`));
    const page = await open(`/docs/${facade.name}`);
    assert.equal(page.status, 200);
    for (const route of facade.routes) {
      const path = `${facade.prefix}${route.path.replaceAll(/:(\w+)/g, '{$1}')}`;
      assert.ok(page.text.includes(`<code>${path}</code>`), path);
    }
  }
});

test('the catalogue of errors has a place for every code, with the status each API gives it', async () => {
  const { text } = await open('/docs/errors');
  for (const code of errorCodes) assert.ok(text.includes(`<tr id="${code}">`), code);
  const [row = ''] = text.split('<tr id="validation_failed">').slice(1);
  assert.equal(row.split('</tr>')[0]?.match(/<td class="status">\d{3}<\/td>/g)?.length, facades.length);
});

test('the pages load nothing from elsewhere, run nothing written into them, and link to what is there', async () => {
  const paths = ['/docs', '/docs/errors', ...facades.map(({ name }) => `/docs/${name}`)];
  for (const path of paths) {
    const { headers, text } = await open(path);
    assert.match(
      String(headers['content-security-policy']),
      /^default-src 'none'; script-src 'self'; style-src 'self'/,
    );
    assert.doesNotMatch(text, /<script(?![^>]* src="\/)|<style|\son\w+="|\sstyle="/);
    for (const [, target = ''] of text.matchAll(/(?:href|src)="([^"]+)"/g)) {
      assert.ok(target.startsWith('/'), target);
      assert.equal((await open(target)).status, 200, target);
    }
  }
});

test('every façade’s OpenAPI document is one: 3.1, each call with summary, parameters and answers', async () => {
  for (const facade of facades) {
    const { text } = await open(`${facade.prefix}/openapi.json`);
    const document: Wire = JSON.parse(text);
    assert.match(document.openapi, /^3\.1\./);
    assert.ok(document.info.title && document.info.version && document.info.description);
    const calls = Object.entries<Wire>(document.paths).flatMap(([path, item]) =>
      Object.entries<Wire>(item).map(([method, call]) => ({ path, method, call })),
    );
    assert.equal(calls.length, facade.routes.length);
    for (const { path, method, call } of calls) assertCall(`${method} ${path}`, path, call);
    for (const scheme of Object.keys(document.security[0] ?? {}))
      assert.ok(document.components.securitySchemes[scheme], scheme);
  }
});

test('every error of a façade has the shape that its OpenAPI document gives for every call', async () => {
  const problems = [{ property: 'amount', problem: 'missing_field' as const, description: 'It is missing.' }];
  for (const facade of facades) {
    const { paths, components }: Wire = JSON.parse((await open(`${facade.prefix}/openapi.json`)).text);
    assert.equal(components.schemas.Error.type, 'object');
    for (const code of errorCodes) {
      const answers = [new CoreError(code, ''), new CoreError(code, '', problems)].map((error) =>
        facade.renderError(error),
      );
      for (const { body } of answers)
        assert.ok(Value.Check(facade.errorShape, body), `${facade.name} ${code}`);
    }
    const { contentType = 'application/json' } = facade.renderError(new CoreError('internal', ''));
    const [mediaType = ''] = contentType.split(';');
    for (const call of Object.values<Wire>(paths).flatMap((item) => Object.values<Wire>(item))) {
      const { '4XX': refusal, '5XX': fault } = call.responses;
      assert.equal(refusal.content[mediaType].schema.$ref, '#/components/schemas/Error');
      assert.equal(fault.content[mediaType].schema.$ref, '#/components/schemas/Error');
    }
  }
});

function assertCall(name: string, path: string, call: Wire): void {
  assert.ok(typeof call.summary === 'string' && call.summary !== '', name);
  const answers = Object.entries<Wire>(call.responses);
  assert.ok(answers.length > 0, name);
  for (const [status, answer] of answers) {
    assert.match(status, /^(2\d\d|[45]XX)$/, name);
    assert.equal(typeof answer.description, 'string', name);
  }
  const parameters: Wire[] = call.parameters ?? [];
  const inPath = parameters.filter((one) => one.in === 'path').map((one) => one.name);
  assert.deepEqual(
    inPath,
    [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]),
    name,
  );
  for (const one of parameters) assert.ok(one.schema !== undefined, name);
}
