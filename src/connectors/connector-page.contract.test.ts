/** What every connector with a hosted page owes the core: nothing that comes back by the payer is believed unasked. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Connector, Processor } from '#kit/connector.ts';
import { money } from '#kit/money.ts';
import { type RunningSimulators, startSimulators } from '#simulators/start.ts';
import type { ContractSetup } from './contract-setup.ts';
import {
  assertApproved,
  aud,
  doubtfulFaults,
  findConnectors,
  must,
  network,
  networkUnder,
  pageRequest,
  setFaultAt,
} from './contract-support.ts';

for (const { name, connector, setup } of await findConnectors()) {
  if (setup.visitPage !== undefined) describe(`hosted page of ${name}`, () => pageContract(connector, setup));
}

function pageContract(connector: Connector, setup: ContractSetup): void {
  const directory = mkdtempSync(join(tmpdir(), 'quittance-'));
  let simulators: RunningSimulators;
  let processor: Processor;

  before(async () => {
    simulators = await startSimulators({ port: 0, directory, delays: { answerMs: 2000 } });
    processor = connector.open(setup.account(simulators.url), network);
  });
  after(async () => {
    await simulators.close();
    rmSync(directory, { recursive: true });
  });

  const visit = async (act: 'pay' | 'pay-and-be-declined' | 'cancel') => {
    const page = pageRequest(false);
    const opened = await must(processor.openPage)(page);
    assert.ok(opened.kind === 'opened');
    const query = await must(setup.visitPage)(opened.url, act);
    return { page, reading: await must(processor.readReturn)(query) };
  };

  it('reads an approval from the page, and the inquiry agrees', async () => {
    const { page, reading } = await visit('pay');
    assert.ok(reading.kind === 'read');
    assert.equal(reading.reference, page.reference);
    assertApproved(reading.outcome, page);
    const inquiry = await processor.inquire(page);
    assert.equal(
      inquiry.kind === 'approved' && inquiry.processorReference,
      reading.outcome.processorReference,
    );
  });

  it('reads a decline by the bank and a cancel by the payer as what they are', async () => {
    for (const [act, cause] of [
      ['pay-and-be-declined', 'processor'],
      ['cancel', 'payer'],
    ] as const) {
      const { reading } = await visit(act);
      assert.ok(reading.kind === 'read' && reading.outcome.kind === 'declined');
      assert.equal(reading.outcome.cause, cause);
    }
  });

  it('calls a forged return foreign', async () => {
    const read = must(processor.readReturn);
    for (const query of ['', 'result=00000000000000000000000000000000&userid=x', 'result=1&result=2']) {
      assert.deepEqual(await read(new URLSearchParams(query)), { kind: 'foreign' });
    }
  });

  it('never reads a reference that has a page already as a decline', async () => {
    const page = pageRequest(false);
    const open = must(processor.openPage);
    assert.equal((await open(page)).kind, 'opened');
    assert.notEqual((await open(page)).kind, 'declined');
  });

  it('has no record of a payment before the page was paid, and does not take another amount for its own', async () => {
    const page = pageRequest(false);
    const opened = await must(processor.openPage)(page);
    assert.ok(opened.kind === 'opened');
    assert.deepEqual(await processor.inquire(page), { kind: 'not-found' });
    await must(setup.visitPage)(opened.url, 'pay');
    assertApproved(await processor.inquire(page), page);
    const other = { ...page, amount: money(page.amount.minor + 1n, aud) };
    assert.equal((await processor.inquire(other)).kind, 'unknown');
  });

  it('leaves a page unknown while the status service is in trouble', async () => {
    const { page } = await visit('pay');
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      await setFaultAt(simulators.url, connector.name, { kind: 'status-flaky', seed });
      const troubled = connector.open(setup.account(simulators.url), networkUnder('status-flaky'));
      assert.equal((await troubled.inquire(page)).kind, 'unknown');
    }
    assertApproved(await processor.inquire(page), page);
  });

  for (const kind of doubtfulFaults) {
    it(`opens no page and reads no return under ${kind}`, async () => {
      const troubled = connector.open(setup.account(simulators.url), networkUnder(kind));
      await setFaultAt(simulators.url, connector.name, { kind });
      assert.equal((await must(troubled.openPage)(pageRequest(false))).kind, 'unknown');
      const opened = await must(processor.openPage)(pageRequest(false));
      assert.ok(opened.kind === 'opened');
      const query = await must(setup.visitPage)(opened.url, 'pay');
      await setFaultAt(simulators.url, connector.name, { kind });
      assert.equal((await must(troubled.readReturn)(query)).kind, 'unavailable');
      assert.equal((await must(processor.readReturn)(query)).kind, 'read');
    });
  }
}
