import pg from 'pg';

const oid = { bytea: 17, int8: 20, date: 1082, timestamp: 1114, numeric: 1700 } as const;
const arrayOid = { int8: 1016, date: 1182, timestamp: 1115, numeric: 1231 } as const;

// The driver knows text arrays though its types do not list them.
const textArrayOid = 1009 as Parameters<typeof pg.types.getTypeParser>[0];

const integral = /^-?\d+$/;

function parseNumeric(text: string): bigint | string {
  return integral.test(text) ? BigInt(text) : text;
}

function asText(text: string): string {
  return text;
}

type Parse = (text: string) => unknown;

/** `{1,NULL,2}`: the driver's own array parser, with our parser for the elements. */
function arrayOf(parse: Parse): Parse {
  // Text arrays are split by the driver; quoting and nesting are its business.
  const split = pg.types.getTypeParser(textArrayOid, 'text') as (text: string) => unknown[];
  const each = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(each);
    return typeof value === 'string' ? parse(value) : value;
  };
  return (text) => split(text).map(each);
}

const parsers = new Map<number, Parse>([
  [oid.int8, BigInt],
  [oid.numeric, parseNumeric],
  [oid.date, asText],
  [oid.timestamp, asText],
  [arrayOid.int8, arrayOf(BigInt)],
  [arrayOid.numeric, arrayOf(parseNumeric)],
  [arrayOid.date, arrayOf(asText)],
  [arrayOid.timestamp, arrayOf(asText)],
]);

/**
 * How column values become JavaScript values, the same on both stores: `int8` and whole `numeric` (the type of
 * `sum(int8)`) as bigint, other `numeric` as text, `date` and `timestamp` without a zone as text, since a Date would
 * drag the machine's own zone in. Everything else is the driver's default.
 */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(id)) || pg.types.getTypeParser(id, format ?? 'text'),
};
