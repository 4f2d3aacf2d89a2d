/** Cards their holders let us keep: entered on the processor's page, charged without them, ended by deleting. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CoreError } from '#kit/errors.ts';
import { type CurrencyCode, startCards } from '#test/support/card-holder.ts';

let cards: Awaited<ReturnType<typeof startCards>>;
before(async () => {
  cards = await startCards();
});
after(() => cards.stop());

const refusedAs = (code: string) => (error: unknown) => error instanceof CoreError && error.code === code;

describe('a card', () => {
  for (const currency of ['AUD', 'JPY', 'KWD'] satisfies CurrencyCode[])
    it(`in ${currency} is validated by one unit of the currency, of which nothing is taken`, async () => {
      const { payment, operation } = await cards.enrol({ currency });
      assert.equal(payment.status, 'validated');
      assert.equal(payment.captured, 0n);
      const expected = { AUD: 100n, JPY: 1n, KWD: 1_000n }[currency];
      assert.deepEqual([operation.kind, operation.amount], ['validate', expected]);
      const book = await cards.book(operation.reference);
      assert.deepEqual(
        book.map(({ kind, outcome }) => [kind, outcome]),
        [['auth', 'approved']],
      );
    });

  it('is kept with its first six and last two digits, its brand, expiry and holder, and what the holder agreed to', async () => {
    const { card } = await cards.enrol();
    assert.deepEqual(
      [card?.brand, card?.maskedNumber, card?.expiry, card?.holderName, card?.consent],
      ['Visa', '411111........11', '1239', 'BERTIL', 'card on file'],
    );
  });

  it('is kept with its token sealed, and sealed for this card alone', async () => {
    const one = await cards.enrol();
    const other = await cards.enrol({ customerId: one.customerId });
    const rows = await cards.tokens([one.cardId, other.cardId]);
    assert.equal(rows.length, 2);
    for (const { sealed } of rows) assert.match(sealed, /^[A-Za-z0-9_-]{1,32}\.[A-Za-z0-9_.-]+$/);
    await cards.swapTokens(one.cardId, other.cardId);
    await assert.rejects(cards.charge(one, 1_000n));
    await cards.swapTokens(one.cardId, other.cardId);
    assert.equal((await cards.charge(one, 1_000n)).payment.status, 'completed');
  });

  it('that is declined, or not entered, is not kept', async () => {
    const declined = await cards.enrol({ cardNumber: '4999999999999236' });
    assert.equal(declined.payment.status, 'declined');
    const cancelled = await cards.enrol({ action: 'cancel' });
    assert.equal(cancelled.payment.status, 'aborted');
    for (const { customerId, cardId } of [declined, cancelled]) {
      assert.deepEqual(await cards.list(customerId), []);
      await assert.rejects(cards.charge({ customerId, cardId }, 1_000n), refusedAs('not_found'));
    }
  });

  it('is charged as often as is wanted, each charge by one movement of the amount', async () => {
    const enrolled = await cards.enrol();
    for (const amount of [1_000n, 2_550n]) {
      const { payment, operations } = await cards.charge(enrolled, amount);
      assert.deepEqual([payment.status, payment.captured], ['completed', amount]);
      const entries = await cards.book(operations[0]?.reference ?? '');
      assert.deepEqual(
        entries.map(({ kind, amount: booked, outcome }) => [kind, BigInt(booked), outcome]),
        [['purchase', amount, 'approved']],
      );
    }
  });

  it('of one customer cannot be charged for another', async () => {
    const [one, two] = [await cards.enrol(), await cards.enrol()];
    await assert.rejects(
      cards.charge({ customerId: two.customerId, cardId: one.cardId }, 1_000n),
      refusedAs('not_found'),
    );
  });

  it('that is deleted stays readable, has lost its token, and is charged no more', async () => {
    const enrolled = await cards.enrol();
    await cards.remove(enrolled.cardId);
    await cards.remove(enrolled.cardId);
    const [card] = await cards.list(enrolled.customerId);
    assert.ok(card?.deletedAt instanceof Date);
    assert.deepEqual(await cards.tokens([enrolled.cardId]), []);
    await assert.rejects(cards.charge(enrolled, 1_000n), refusedAs('not_found'));
  });
});
