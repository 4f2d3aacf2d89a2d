import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CoreError } from '#kit/errors.ts';
import { readCursor, writeCursor, writePage } from './cursor.ts';

const position = {
  createdAt: new Date('2027-01-31T12:00:00.123Z'),
  id: '9f0c8a34-6a2b-4c1d-8e5f-0123456789ab',
};

test('a cursor leads back to the position it was made from', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date(0), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true }),
      fc.uuid(),
      (createdAt, id) => {
        assert.deepEqual(readCursor(writeCursor({ createdAt, id })), { createdAt, id });
      },
    ),
  );
});

test('no cursor and an empty one are the beginning', () => {
  assert.equal(readCursor(undefined), undefined);
  assert.equal(readCursor(''), undefined);
});

test('a cursor that was tampered with is refused by name', () => {
  const cursor = writeCursor(position);
  const wrong = [
    'x',
    cursor.slice(0, -1),
    `${cursor}=`,
    `${cursor} `,
    `A${cursor}`,
    Buffer.from('2027-01-31T12:00:00Z/not-an-id').toString('base64url'),
    Buffer.from(`2027-01-31/${position.id}`).toString('base64url'),
    Buffer.from(`never/${position.id}`).toString('base64url'),
    Buffer.from(`2027-01-31T12:00:00.123Z/${position.id}/more`).toString('base64url'),
  ];
  for (const given of wrong) {
    assert.throws(
      () => readCursor(given),
      (error) => error instanceof CoreError && error.problems[0]?.property === 'after',
      given,
    );
  }
});

test('a page has a next only where a further row was found', () => {
  const page = (rows: number[]) => writePage(rows, 2, (row) => row * 10, String);
  assert.deepEqual(page([1, 2, 3]), { data: [10, 20], next: '2' });
  assert.deepEqual(page([1, 2]), { data: [10, 20], next: null });
  assert.deepEqual(page([]), { data: [], next: null });
});
