import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CsvReader } from './csv.ts';

function read(...pieces: string[]) {
  const reader = new CsvReader();
  return [...pieces.flatMap((piece) => reader.read(piece)), ...reader.end()];
}

const fieldsOf = (text: string) => read(text).map(({ fields }) => fields);

describe('a CSV text', () => {
  it('is read as RFC 4180 has it', () => {
    assert.deepEqual(fieldsOf('a,b\r\n1,2\r\n'), [
      ['a', 'b'],
      ['1', '2'],
    ]);
    assert.deepEqual(fieldsOf('a,b\n1,2'), [
      ['a', 'b'],
      ['1', '2'],
    ]);
    assert.deepEqual(fieldsOf('"a ""b"", c","d\r\ne",\n'), [['a "b", c', 'd\r\ne', '']]);
    assert.deepEqual(fieldsOf(',\n""\n'), [['', ''], ['']]);
    assert.deepEqual(fieldsOf('\uFEFFå,ö\n\n\r\n😀\n\n'), [['å', 'ö'], ['😀']]);
    assert.deepEqual(fieldsOf(''), []);
  });

  it('is the same however it is cut', () => {
    const text = '\uFEFFid,"na""me"\r\n1,"two\r\nlines"\r\n\r\n3,"x, y"';
    const whole = read(text);
    assert.equal(whole.length, 3);
    for (let at = 0; at <= text.length; at += 1)
      assert.deepEqual(read(text.slice(0, at), text.slice(at)), whole, `${at}`);
    assert.deepEqual(read(...text), whole);
  });

  it('tells the line on which each record begins', () => {
    const lines = read('a\n"b\nc"\n\nd\n').map(({ line }) => line);
    assert.deepEqual(lines, [1, 2, 5]);
  });

  it('is refused where it is none, with the line', () => {
    const wrong = {
      'a\nb"c\n': 'lines.2',
      'a\n"b"c\n': 'lines.2',
      'a\rb': 'lines.1',
      'a\n"b\nc': 'lines.2',
      [`a\n${'b'.repeat(70_000)}`]: 'lines.2',
    };
    for (const [text, property] of Object.entries(wrong))
      assert.throws(
        () => read(text),
        ({ problems }) => problems[0].property === property,
      );
  });
});
