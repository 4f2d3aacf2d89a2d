/** Races for one link between payers' banks and their cards, by two servers on one PostgreSQL. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assertAuditGreen } from '#test/support/reconcile.ts';
import { findPostgres, race, runTrials, startTwoServers, type TwoServers } from './two-servers.ts';

const postgres = await findPostgres();
const amount = 12_800;

/** Deposits for one link wait for each other: a few trials at every width show what there is to see. */
const usual = { usually: 5 };

if (postgres === undefined) {
  it('races of deposits need PostgreSQL 15 or newer, as the others do', () => {
    console.error('NO RACES WERE RUN: there is no PostgreSQL on this machine.');
  });
} else {
  const servers = await startTwoServers(postgres.url);
  after(async () => {
    await servers.stop();
    await postgres.stop();
  });
  describe('between two servers on one database', () => defineRaces(servers));
}

function defineRaces({ shops, database }: TwoServers): void {
  const [shop] = shops;
  const invoicedLink = async (orderId: string): Promise<{ id: string; ocr: string }> => {
    const { id } = (await shop.createLink({ orderId, amount })).body;
    return { id, ocr: await shop.invoice(id) };
  };
  const openOrder = async (): Promise<string> => (await shop.createOrder()).body.id;
  const sumsOf = async (linkId: string) => {
    const [row] = await database.query<{ matched: bigint; surplus: bigint; unallocated: bigint }>(
      `select coalesce(sum(matched), 0) as matched, coalesce(sum(surplus), 0) as surplus,
         coalesce(sum(unallocated), 0) as unallocated from deposits where link_id = $1`,
      [linkId],
    );
    return row;
  };

  it('one bank reference is one deposit', async () => {
    const orderId = await openOrder();
    await runTrials(async (width, id) => {
      const link = await invoicedLink(orderId);
      const replies = await race(shops, width, (one) => one.deposit(link.ocr, amount, id));
      assert.deepEqual(
        replies.filter(({ status }) => status !== 201),
        [],
      );
      assert.equal(new Set(replies.map(({ body }) => body.id)).size, 1, 'one deposit');
      assert.equal(replies.filter(({ replayed }) => !replayed).length, 1, 'one winner');
      assert.deepEqual(await sumsOf(link.id), { matched: BigInt(amount), surplus: 0n, unallocated: 0n });
      assert.equal((await shop.link(link.id)).body.status, 'completed');
    }, usual);
  });

  it('deposits in parts pay a link once, and what is more than its amount is surplus', async () => {
    const orderId = await openOrder();
    await runTrials(async (width) => {
      const link = await invoicedLink(orderId);
      const part = amount / (width / 2);
      const replies = await race(shops, width, (one) => one.deposit(link.ocr, part));
      assert.ok(replies.every(({ status }) => status === 201));
      const whole = BigInt(amount);
      assert.deepEqual(await sumsOf(link.id), { matched: whole, surplus: whole, unallocated: 0n });
      assert.equal((await shop.link(link.id)).body.status, 'completed');
    }, usual);
  });

  it('a link that is paid by transfer and by card at once is paid once, and the rest is given back or kept for it', async () => {
    const orderId = await openOrder();
    await runTrials(async (width) => {
      const link = await invoicedLink(orderId);
      await race(shops, width, (one, index) =>
        index % 4 < 2 === width > 2 || index === 1
          ? one.deposit(link.ocr, amount)
          : one.payLink(link.id, 'dummy'),
      );
      const paid = (await shop.link(link.id)).body;
      assert.equal(paid.status, 'completed');
      const rows = await database.query<{ id: string; kept: bigint }>(
        `select id, captured - refunded - refunding as kept from payments where link_id = $1 and status = 'completed'`,
        [link.id],
      );
      const kept = rows.filter((row) => row.kept > 0n);
      assert.deepEqual(kept, [{ id: paid.paymentId, kept: BigInt(amount) }]);
      assert.equal((await sumsOf(link.id))?.unallocated, 0n);
    }, usual);
  });

  it('leave books that agree, deposit by deposit', async () => {
    await assertAuditGreen(database);
  });
}
