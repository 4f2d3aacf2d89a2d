import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { Queryable, Transaction } from '#db/database.ts';
import { sqlState } from '#db/database-errors.ts';
import { currency } from '#kit/currency.ts';
import { randomIds, type TenantId } from '#kit/ids.ts';
import { money } from '#kit/money.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { post } from './post.ts';
import { type EntryRow, insertPostings } from './store.ts';

const at = new Date('2026-03-02T09:00:00Z');
/** What PostgreSQL calls it, and what ours say: the check that no entry is of nothing has the same name. */
const checkViolation = '23514';
const ours = /^posting \S+ (does not balance|has no entries)$/;

let app: TestApp;
let tenantId: TenantId;
before(async () => {
  app = await startTestApp();
  tenantId = app.ping().tenant_id as TenantId;
  await app.app.core.database.transaction(async (transaction) => {
    for (const code of ['SEK', 'EUR'])
      post(randomIds, transaction, {
        tenantId,
        kind: 'test',
        reference: `sound ${code}`,
        movements: [{ debit: 'test:a', credit: 'test:b', amount: money(100n, currency(code)) }],
        at,
      });
  });
});
after(() => app.stop());

const entry = (accountCode: string, amount: bigint, code = 'SEK'): EntryRow => ({
  accountCode: `test:${accountCode}`,
  currency: code,
  amount,
});

/** Writes as the ledger does, with one statement, but what nothing of ours would make of movements. */
const postings =
  (...all: readonly (readonly EntryRow[])[]) =>
  (transaction: Transaction) =>
    insertPostings(
      transaction,
      all.map((entries, index) => ({
        tenantId,
        id: randomIds.uuid(),
        kind: 'test',
        reference: `bad ${index}`,
        paymentId: null,
        at,
        entries,
      })),
    );

const wrongs: Readonly<Record<string, (transaction: Transaction) => void>> = {
  'an öre too little': postings([entry('a', 100n), entry('b', -99n)]),
  'one currency against another': postings([entry('a', 100n, 'SEK'), entry('b', -100n, 'EUR')]),
  'one side only': postings([entry('a', 100n)]),
  'no side at all': (transaction) =>
    transaction.write(
      `insert into ledger_transactions (tenant_id, id, kind, reference, created_at) values ($1, $2, 'test', 'bad', $3)`,
      [tenantId, randomIds.uuid(), at],
    ),
  'one more side, later': (transaction) =>
    transaction.write(
      `insert into ledger_entries (tenant_id, transaction_id, ordinal, account_id, currency, amount)
       select tenant_id, transaction_id, 3, account_id, currency, amount from ledger_entries e
       where e.amount > 0 and e.transaction_id = (select t.id from ledger_transactions t where t.tenant_id = $1
         and t.reference = 'sound SEK')`,
      [tenantId],
    ),
  'beside a sound one': postings([entry('a', 1n), entry('b', -1n)], [entry('a', 1n), entry('b', 1n)]),
  'beside one that makes up for it': postings(
    [entry('a', 100n), entry('b', -99n)],
    [entry('a', 99n), entry('b', -100n)],
  ),
};

const rowCount = async (queryable: Queryable) => {
  const [row] = await queryable.query<{ n: bigint }>(
    'select (select count(*) from ledger_transactions) + (select count(*) from ledger_entries) as n',
  );
  return row?.n ?? 0n;
};

for (const [wrong, write] of Object.entries(wrongs)) {
  it(`the database refuses a posting that does not balance, whoever writes it: ${wrong}`, async () => {
    const { database } = app.app.core;
    const before = await rowCount(database);
    await assert.rejects(
      database.transaction(async (transaction) => write(transaction)),
      (error: Error) => sqlState(error) === checkViolation && ours.test(error.message),
    );
    assert.equal(await rowCount(database), before);
  });

  it(`only its triggers keep it out: ${wrong}`, async () => {
    const { database } = app.app.core;
    const before = await rowCount(database);
    const undo = new Error('undone');
    const attempt = database.transaction(async (transaction) => {
      await transaction.execute(
        `alter table ledger_transactions disable trigger ledger_transactions_entered;
         alter table ledger_entries disable trigger ledger_entries_balance`,
      );
      write(transaction);
      assert.ok((await rowCount(transaction)) > before);
      throw undo;
    });
    await assert.rejects(attempt, undo);
    assert.equal(await rowCount(database), before);
  });
}
