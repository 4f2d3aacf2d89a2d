/** What every connector owes the core, run against each one found, with its simulator on the other side. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { inspect } from 'node:util';
import type { Connector, Inquiry, OperationRequest, Processor } from '#kit/connector.ts';
import { currency } from '#kit/currency.ts';
import { randomIds } from '#kit/ids.ts';
import { money } from '#kit/money.ts';
import { type RunningSimulators, startSimulators } from '#simulators/start.ts';
import type { ContractSetup } from './contract-setup.ts';
import {
  assertApproved,
  type BookedRow,
  bookOf,
  doubtfulFaults,
  findConnectors,
  must,
  network,
  networkUnder,
  pageRequest,
  setFaultAt,
} from './contract-support.ts';

/** An address at which nobody listens, and an identifier as long as ours are. */
const notification = { url: 'http://127.0.0.1:9/return', identifier: '0123456789abcdef0123456789abcdef' };

for (const { name, connector, setup } of await findConnectors()) {
  describe(`connector ${name}`, () => contract(name, connector, setup));
}

function contract(name: string, connector: Connector, setup: ContractSetup): void {
  const directory = mkdtempSync(join(tmpdir(), 'quittance-'));
  let simulators: RunningSimulators;
  let processor: Processor;
  let token: string | undefined;
  /** Otherwise every purchase is made by the payer, on the processor's page. */
  const sendsPurchases =
    connector.capabilities.has('charge-token') || !connector.capabilities.has('hosted-page');

  before(async () => {
    // Nobody waits for payers and banks here: what is due is done before the request is answered.
    const delays = { answerMs: 2000, payerMs: 0, refundMs: 0, bankMs: 0 };
    simulators = await startSimulators({ port: 0, directory, delays });
    processor = connector.open(setup.account(simulators.url), network);
    if (connector.capabilities.has('store-card')) token = await storeCard(processor, setup);
  });
  after(async () => {
    await simulators.close();
    rmSync(directory, { recursive: true });
  });

  const unit = currency(setup.currency ?? 'AUD');
  const declineCode = setup.declineCode ?? '51';
  const purchase = (minor = 1000n): OperationRequest => ({
    kind: 'purchase',
    reference: randomIds.reference(),
    amount: money(minor, unit),
    description: 'Checkup for Rex – Müller',
    notification,
    ...(token === undefined ? {} : { token }),
  });
  const refund = (original: Inquiry, minor: bigint): OperationRequest => ({
    kind: 'refund',
    reference: randomIds.reference(),
    amount: money(minor, unit),
    description: 'Refund',
    notification,
    ...(original.kind === 'approved' ? { originalReference: original.processorReference } : {}),
  });
  /** Sends it and, where it is only taken in at once, asks what became of it. */
  const send = async (request: OperationRequest): Promise<Inquiry> => {
    const outcome = await must(processor.send)(request);
    const isTakenIn = setup.finishesLater === true && outcome.kind === 'waiting';
    return isTakenIn ? processor.inquire(request) : outcome;
  };
  /** Sends what was sent before. A processor may know that it was, and say no more. */
  const sendAgain = async (request: OperationRequest): Promise<Inquiry> => {
    const outcome = await send(request);
    return outcome.kind === 'unknown' ? processor.inquire(request) : outcome;
  };
  /** A purchase that was approved, made the way this connector makes them. */
  const pay = async (minor = 1000n): Promise<Inquiry> => {
    if (sendsPurchases) return send(purchase(minor));
    const opened = await must(processor.openPage)({ ...pageRequest(false), amount: money(minor, unit) });
    assert.ok(opened.kind === 'opened');
    const reading = await must(processor.readReturn)(await must(setup.visitPage)(opened.url, 'pay'));
    assert.ok(reading.kind === 'read');
    return reading.outcome;
  };
  const under = async (fault: { kind: string; seed?: number }): Promise<Processor> => {
    await setFaultAt(simulators.url, connector.name, fault);
    return connector.open(setup.account(simulators.url), networkUnder(fault.kind));
  };
  const setFault = (fault: object) => setFaultAt(simulators.url, connector.name, fault);
  const moved = async (reference: string): Promise<BookedRow[]> =>
    (await bookOf(simulators.url)).filter((row) => row.reference === reference && row.outcome === 'approved');

  it('names itself as its folder does and declares fields for what it is opened with', () => {
    assert.equal(connector.name, name);
    const declared = connector.accountFields.map((field) => field.name).sort();
    assert.deepEqual(Object.keys(setup.account('http://localhost')).sort(), declared);
  });

  if (connector.capabilities.has('deposit')) {
    it('cannot be told to charge, and takes refunds of what came unasked', async () => {
      assert.equal((await send(purchase())).kind, 'declined');
      const request = refund({ kind: 'waiting' }, 400n);
      const outcome = await send(request);
      assertApproved(outcome, request);
      assert.deepEqual(await processor.inquire(request), outcome);
    });
    return;
  }

  if (sendsPurchases) {
    it('approves a purchase and says the same when asked again', async () => {
      const request = purchase();
      const outcome = await send(request);
      assertApproved(outcome, request);
      assert.deepEqual(await processor.inquire(request), outcome);
    });
  }

  it('refunds an approved purchase', async () => {
    const request = refund(await pay(), 400n);
    assertApproved(await send(request), request);
  });

  if (setup.isOnWire) {
    it('says not found of a reference that was never sent', async () => {
      assert.deepEqual(await processor.inquire(purchase()), { kind: 'not-found' });
    });

    it('refunds no more than was paid, whatever the parts', async () => {
      const paid = await pay(1000n);
      const outcomes = [];
      for (const part of [400n, 400n, 400n, 200n]) outcomes.push((await send(refund(paid, part))).kind);
      assert.deepEqual(outcomes, ['approved', 'approved', 'declined', 'approved']);
    });

    it('reports the decline of a refund with its code', async () => {
      const request = refund(await pay(), 400n);
      await setFault({ kind: 'decline', code: declineCode, request: 'refund' });
      const outcome = await send(request);
      assert.equal(outcome.kind === 'declined' && outcome.code, declineCode);
    });

    for (const kind of doubtfulFaults) {
      it(`leaves a refund unknown under ${kind}, and makes it once when it is sent again`, async () => {
        const request = refund(await pay(), 400n);
        assert.equal((await must((await under({ kind })).send)(request)).kind, 'unknown');
        assertApproved(await sendAgain(request), request);
        assert.equal((await moved(request.reference)).length, 1);
      });
    }

    it('resolves an "ask me again" about a refund by sending it again', async () => {
      const request = refund(await pay(), 400n);
      await setFault({ kind: 'status-required', request: 'refund' });
      assert.equal((await send(request)).kind, 'unknown');
      assertApproved(await sendAgain(request), request);
      assert.equal((await moved(request.reference)).length, 1);
    });

    it('is unknown, within its timeout, where nobody listens', async () => {
      const lost = connector.open(setup.account('http://127.0.0.1:9'), network);
      assert.equal((await must(lost.send)(refund(await pay(), 400n))).kind, 'unknown');
      assert.equal((await lost.inquire(purchase())).kind, 'unknown');
    });

    it('says no secret in any answer', async () => {
      const fields = setup.account(simulators.url);
      const secrets = connector.accountFields.flatMap((field) => (field.secret ? [fields[field.name]] : []));
      const heard: unknown[] = [await pay(), await send({ ...purchase(), token: 'none' })];
      for (const kind of doubtfulFaults) {
        const request = refund(await pay(), 1n);
        heard.push(await must((await under({ kind })).send)(request));
      }
      const text = inspect(heard, { depth: null });
      for (const secret of secrets) assert.ok(secret !== undefined && !text.includes(secret));
      assert.doesNotMatch(text, /4111 ?1111 ?1111 ?1111/);
    });
  }

  if (setup.isOnWire && sendsPurchases) {
    it('reports a decline with its code, and the inquiry agrees', async () => {
      await setFault({ kind: 'decline', code: declineCode });
      const request = purchase();
      const outcome = await send(request);
      assert.equal(outcome.kind, 'declined');
      assert.equal(outcome.kind === 'declined' && outcome.code, declineCode);
      assert.deepEqual(await processor.inquire(request), outcome);
    });

    it('moves money once for a reference that is sent twice', async () => {
      const request = purchase();
      assert.deepEqual(await send(request), await sendAgain(request));
      assert.equal((await moved(request.reference)).length, 1);
    });

    it('never reads a used reference as a decline', async () => {
      const request = purchase();
      await send(request);
      assert.equal((await send({ ...request, amount: money(1100n, unit) })).kind, 'unknown');
    });

    for (const kind of doubtfulFaults) {
      it(`leaves a purchase unknown under ${kind}, and the inquiry tells what the book tells`, async () => {
        const request = purchase();
        assert.equal((await must((await under({ kind })).send)(request)).kind, 'unknown');
        const rows = await moved(request.reference);
        assertTruth(await processor.inquire(request), request, rows);
      });
    }

    it('leaves a purchase unknown while the status service is in trouble', async () => {
      const request = purchase();
      await send(request);
      for (const seed of [1, 2, 3, 4, 5, 6]) {
        const troubled = await under({ kind: 'status-flaky', seed });
        assert.equal((await troubled.inquire(request)).kind, 'unknown');
      }
      assert.equal((await processor.inquire(request)).kind, 'approved');
    });

    it('resolves "ask me again" by asking', async () => {
      await setFault({ kind: 'status-required' });
      const request = purchase();
      assert.equal((await send(request)).kind, 'unknown');
      assertApproved(await processor.inquire(request), request);
    });

    it('does not take the answer about another amount for its own', async () => {
      const request = purchase();
      await send(request);
      const other = { ...request, amount: money(1001n, unit) };
      assert.equal((await processor.inquire(other)).kind, 'unknown');
    });
  }
}

async function storeCard(processor: Processor, setup: ContractSetup): Promise<string> {
  const opened = await must(processor.openPage)(pageRequest(true));
  assert.ok(opened.kind === 'opened');
  const reading = await must(processor.readReturn)(await must(setup.visitPage)(opened.url, 'pay'));
  assert.ok(reading.kind === 'read' && reading.outcome.kind === 'approved');
  assert.ok(reading.outcome.token !== undefined);
  return reading.outcome.token;
}

/** What an inquiry says must be what the other side's book says, and money has moved at most once. */
function assertTruth(inquiry: Inquiry, request: OperationRequest, rows: readonly BookedRow[]): void {
  assert.ok(rows.length <= 1);
  if (rows.length === 0) assert.deepEqual(inquiry, { kind: 'not-found' });
  else assertApproved(inquiry, request);
}
