/** Holds the house to ARCHITECTURE.md. Every rule is also shown a file that breaks it, and must name it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  type CodeRule,
  noDrawers,
  noFloatsWhereMoneyIs,
  onlyConfigReadsTheEnvironment,
  onlyTheClockTellsTheTime,
  sqlOnlyInStores,
} from '#test/support/code-rules.ts';
import { importFaults, readImportTable } from '#test/support/import-rules.ts';
import { lockFaults } from '#test/support/lock-rules.ts';
import { readFiles, repositoryRoot, type SourceFile } from '#test/support/source-tree.ts';

const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8');
const table = readImportTable(read('ARCHITECTURE.md'));
const aliases: Record<string, string> = JSON.parse(read('package.json')).imports;
const product = readFiles(['{src,web,simulators}/**/*.ts']);
const all = [...product, ...readFiles(['{test,bench,examples}/**/*.ts'])];

describe('imports', () => {
  it('follow the table in ARCHITECTURE.md', () => {
    assert.ok(product.length > 0, 'no source files found');
    assert.deepEqual(importFaults(product, table, aliases), []);
  });

  it('cannot go in a circle by the table', () => {
    const settled = new Set<string>();
    for (let before = -1; before !== settled.size; ) {
      before = settled.size;
      for (const [folder, allowed] of table)
        if ([...allowed].every((name) => settled.has(name))) settled.add(folder);
    }
    assert.deepEqual(
      [...table.keys()].filter((folder) => !settled.has(folder)),
      [],
    );
  });

  const forbidden: [string, string, string][] = [
    ['src/kit/money.ts', '#db/database.ts', 'kit may not import db'],
    ['src/core/links/create-link.ts', '../../http/facade.ts', 'core may not import http'],
    ['src/core/links/create-link.ts', '../../app.ts', 'core may not import src'],
    [
      'simulators/windcave/index.ts',
      '../../src/connectors/windcave/client.ts',
      'simulators may not import connectors',
    ],
    ['web/checkout/page.ts', '#core/links/link.ts', 'web may not import core'],
    ['src/db/open.ts', '#test/support/clock.ts', 'db may not import test'],
    ['src/drawer/thing.ts', '#kit/money.ts', 'the folder drawer has no row'],
    ['src/facades/ping/routes.ts', '../native/schemas.ts', 'nothing outside src/facades/native may name it'],
    [
      'src/connectors/swish/index.ts',
      '../windcave/client.ts',
      'nothing outside src/connectors/windcave may name it',
    ],
    ['src/connectors/list.ts', './windcave/index.ts', 'nothing outside src/connectors/windcave may name it'],
    [
      'src/tasks/send-sms.ts',
      '../messaging/inbox/index.ts',
      'nothing outside src/messaging/inbox may name it',
    ],
    ['src/core/links/pay-link.ts', '../payments/store.ts', 'src/core/payments/store.ts belongs to its noun'],
    ['src/facades/ping/routes.ts', '#core/links/store.ts', 'src/core/links/store.ts belongs to its noun'],
    ['src/core/links/store.ts', 'pg', 'only db may import pg'],
    ['src/core/links/create-link.ts', 'pg-boss/timekeeper', 'only jobs may import pg-boss'],
  ];
  for (const [path, specifier, why] of forbidden)
    it(`of ${specifier} by ${path} is named as a fault`, () => {
      const [fault = ''] = importFaults([{ path, text: `import '${specifier}';` }], table, aliases);
      assert.ok(fault.startsWith(`${path}:1 ${why}`), fault);
    });

  const forms = [
    "import type { Facade } from '#http/facade.ts';",
    "import { type Facade } from '#http/facade.ts';",
    "export * from '#http/facade.ts';",
    "export { facade } from '#http/facade.ts';",
    "const facade = await import('#http/facade.ts');",
    "let facade: import('#http/facade.ts').Facade;",
  ];
  for (const text of forms)
    it(`are seen when written as «${text}»`, () => {
      assert.equal(importFaults([{ path: 'src/core/links/create-link.ts', text }], table, aliases).length, 1);
    });

  it('within a folder, of an allowed folder, in tests and in the composition root are free', () => {
    const allowed: SourceFile[] = [
      {
        path: 'src/core/links/create-link.ts',
        text: "import './store.ts'; import '../payments/create-payment.ts';",
      },
      {
        path: 'src/facades/ping/index.ts',
        text: "import './routes.ts'; import '#core/links/create-link.ts'; import 'fastify';",
      },
      {
        path: 'src/facades/ping/links.test.ts',
        text: "import '#test/support/server.ts'; import '../native/index.ts';",
      },
      {
        path: 'src/app.ts',
        text: "import './facades/ping/index.ts'; import './connectors/windcave/index.ts';",
      },
      { path: 'src/db/open-postgres.ts', text: "import 'pg'; import '#kit/clock.ts';" },
    ];
    assert.deepEqual(importFaults(allowed, table, aliases), []);
  });
});

/** Code a rule would refuse and that is right all the same. Each must still be found, or it has no place here. */
const allowed = new Set([
  'src/kit/money.ts Number(maxMinor)',
  // Guarded: throws unless the number is exact.
  'src/kit/money.ts Number(minor)',
  // A count of rows, not an amount.
  'src/core/audit/store.ts Number(rows[0]?.total ?? 0n)',
]);

function obeys(rule: CodeRule, files: readonly SourceFile[]): void {
  const isAllowed = (finding: string) => allowed.has(finding.replace(/:\d+ .*?: /, ' '));
  assert.deepEqual(
    files.flatMap(rule).filter((finding) => !isAllowed(finding)),
    [],
  );
}

interface Samples {
  readonly rule: CodeRule;
  readonly files: readonly SourceFile[];
  readonly refused: readonly [path: string, text: string][];
  readonly accepted: readonly [path: string, text: string][];
}

const codeRules: Record<string, Samples> = {
  'no file or folder is a drawer': {
    rule: noDrawers,
    files: all,
    refused: [
      ['src/kit/utils.ts', ''],
      ['src/core/common/money.ts', ''],
      ['src/core/payments/payment-service.ts', ''],
      ['test/support/helpers.ts', ''],
      ['src/http/types.ts', ''],
    ],
    accepted: [['src/core/payments/capture-payment.ts', '']],
  },
  'only config.ts reads the environment': {
    rule: onlyConfigReadsTheEnvironment,
    files: product,
    refused: [
      ['src/app.ts', 'const port = process.env.PORT;'],
      ['src/db/open.ts', "const url = process['env']['DATABASE_URL'];"],
      ['src/db/open.ts', 'const { env } = process;'],
      ['src/db/open.ts', 'const url = globalThis.process.env.DATABASE_URL;'],
      ['src/db/open.ts', "import { env } from 'node:process';"],
    ],
    accepted: [
      ['src/config.ts', 'const port = process.env.PORT;'],
      ['src/app.ts', '// process.env is read in config.ts\nprocess.exitCode = 1;'],
    ],
  },
  'only the clock tells the time': {
    rule: onlyTheClockTellsTheTime,
    files: product,
    refused: [
      ['src/core/links/expire-links.ts', 'const now = Date.now();'],
      ['src/core/links/expire-links.ts', 'const now = new Date();'],
      ['src/core/links/expire-links.ts', 'const now = Date();'],
      ['src/core/links/expire-links.ts', 'const today = Temporal.Now.plainDateISO();'],
      ['src/app.ts', 'setInterval(() => sweep({ now: Date.now }));'],
    ],
    accepted: [
      ['src/kit/clock.ts', 'const now = new Date();'],
      ['src/main.ts', 'const startedAt = Date.now();'],
      ['src/core/links/expire-links.ts', 'const at = new Date(row.dueAt); // not Date.now()'],
    ],
  },
  'money never becomes a floating point number': {
    rule: noFloatsWhereMoneyIs,
    files: product,
    refused: [
      ['src/core/payments/refund-payment.ts', 'const amount = Number(row.amount);'],
      ['src/ledger/balance.ts', 'const amount = parseFloat(text);'],
      ['src/ledger/balance.ts', 'const amount = Number.parseFloat(text);'],
      ['src/kit/money.ts', 'const text = (minor / 100).toFixed(2);'],
    ],
    accepted: [
      ['src/core/payments/refund-payment.ts', 'const amount = BigInt(row.amount);'],
      ['src/http/page.ts', 'const limit = Number(query.limit);'],
    ],
  },
  'SQL is written in stores only': {
    rule: sqlOnlyInStores,
    files: product,
    refused: [
      ['src/core/links/create-link.ts', 'db.query(`select * from links`);'],
      ['src/core/links/create-link.ts', "db.query('INSERT INTO links values ($1)');"],
      ['src/tasks/send-message.ts', 'db.query(`\n  update messages set sent = true`);'],
      ['src/facades/native/routes.ts', "db.query('delete from links');"],
      ['src/core/links/create-link.ts', 'db.query(`with due as (select 1) select * from due`);'],
    ],
    accepted: [
      ['src/core/links/store.ts', 'db.query(`select * from links`);'],
      ['src/db/migrate.ts', 'db.query(`select * from migrations`);'],
      ['src/ledger/post.ts', 'db.query(`insert into entries values ($1)`);'],
      ['web/checkout/page.ts', "const title = 'Select a payment method'; const tag = 'select';"],
      ['src/core/links/create-link.ts', "const about = 'update the link and set its state';"],
    ],
  },
};

describe('code', () => {
  for (const [promise, { rule, files, refused, accepted }] of Object.entries(codeRules)) {
    it(`${promise}`, () => obeys(rule, files));
    for (const [path, text] of refused)
      it(`${promise}: «${text.replace(/\s+/g, ' ').trim() || path}» is named as a fault`, () => {
        assert.ok(rule({ path, text })[0]?.startsWith(`${path}:`));
      });
    it(`${promise}: what is right passes`, () => {
      assert.deepEqual(
        accepted.flatMap(([path, text]) => rule({ path, text })),
        [],
      );
    });
  }

  it('needs every exception that is granted', () => {
    const found = Object.values(codeRules).flatMap(({ rule }) => product.flatMap(rule));
    const used = new Set(found.map((finding) => finding.replace(/:\d+ .*?: /, ' ')));
    assert.deepEqual(
      [...allowed].filter((code) => !used.has(code)),
      [],
    );
  });
});

describe('the lockfile', () => {
  it('has no package that runs a script when it is installed, and a hash for every package', () => {
    assert.deepEqual(lockFaults(read('package-lock.json')), []);
  });

  it('is refused when a runtime package has an install script', () => {
    const lock = {
      packages: { '': {}, 'node_modules/x': { integrity: 'sha512-x', hasInstallScript: true } },
    };
    assert.deepEqual(lockFaults(JSON.stringify(lock)), ['node_modules/x runs a script when it is installed']);
  });

  it('is refused when a package has no hash', () => {
    const lock = { packages: { 'node_modules/x': { dev: true } } };
    assert.deepEqual(lockFaults(JSON.stringify(lock)), ['node_modules/x has no integrity hash']);
  });
});
