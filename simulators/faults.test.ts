import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createFaults, exchangeFaults } from './faults.ts';

describe('faults', () => {
  const takeMany = (body: Parameters<ReturnType<typeof createFaults>['add']>[0], count: number) => {
    const faults = createFaults();
    faults.add(body);
    return Array.from({ length: count }, () => faults.take('windcave', 'purchase', exchangeFaults)?.kind);
  };

  it('happen once unless told otherwise, and as often as told', () => {
    assert.deepEqual(takeMany({ kind: 'hang' }, 3), ['hang', undefined, undefined]);
    assert.deepEqual(takeMany({ kind: 'hang', times: 2 }, 3), ['hang', 'hang', undefined]);
  });

  it('happen to the share asked for, the same ones for the same seed', () => {
    const first = takeMany({ kind: 'refuse', rate: 0.3, seed: 7 }, 2000);
    const hits = first.filter((kind) => kind === 'refuse').length;
    assert.ok(hits > 540 && hits < 660, `${hits} of 2000`);
    assert.deepEqual(takeMany({ kind: 'refuse', rate: 0.3, seed: 7 }, 2000), first);
    assert.notDeepEqual(takeMany({ kind: 'refuse', rate: 0.3, seed: 8 }, 2000), first);
  });

  it('spare other connectors, other requests, and what they are not about', () => {
    assert.deepEqual(takeMany({ kind: 'hang', connector: 'swish' }, 1), [undefined]);
    assert.deepEqual(takeMany({ kind: 'hang', request: 'refund' }, 1), [undefined]);
    assert.deepEqual(takeMany({ kind: 'status-flaky' }, 1), [undefined]);
  });
});
