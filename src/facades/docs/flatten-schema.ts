import type { TSchema } from 'typebox';

/** One property of a body or one parameter, ready to stand in a table. */
export interface PropertyRow {
  /** Dotted from the top, `[]` for what a list is of: `data[].id`. */
  readonly path: string;
  readonly required: boolean;
  /** `string (uuid)`, `"sms" | "email"`, `integer | null`. */
  readonly type: string;
  readonly limits: string;
  readonly description: string;
}

/** As much of JSON Schema as the façades' tables use. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** Every property of a shape, what is inside a property after it. */
export function flattenSchema(schema: TSchema): PropertyRow[] {
  return rowsInside(schema as Schema, '');
}

/** What a shape is in a word or two: `object`, `object | null`, `list of objects`. */
export function writeType(schema: Schema): string {
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(writeType))].join(' | ');
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.items !== undefined) return `list of ${writeType(schema.items)}`;
  const type = schema.type === undefined ? 'any' : [schema.type].flat().join(' | ');
  return schema.format === undefined ? type : `${type} (${schema.format})`;
}

function rowsInside(schema: Schema, prefix: string): PropertyRow[] {
  if (schema.items !== undefined) return rowsInside(schema.items, `${prefix}[]`);
  const parts = (schema.anyOf ?? []).flatMap((part) => rowsInside(part, prefix));
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const required = schema.required?.includes(name) === true;
    return [writeRow(path, required, property), ...rowsInside(property, path)];
  });
  return [...parts, ...own];
}

function writeRow(path: string, required: boolean, schema: Schema): PropertyRow {
  const filled = schema.anyOf?.find((part) => part.type !== 'null');
  return {
    path,
    required,
    type: writeType(schema),
    limits: writeLimits(filled ?? schema),
    description: schema.description ?? filled?.description ?? '',
  };
}

function writeLimits(schema: Schema): string {
  return [
    writeRange(schema.minimum, schema.maximum, ''),
    writeRange(schema.minLength, schema.maxLength, ' characters'),
    writeRange(schema.minItems, schema.maxItems, ' entries'),
  ]
    .filter((text) => text !== '')
    .join(', ');
}

function writeRange(least: number | undefined, most: number | undefined, unit: string): string {
  const write = (value: number) => value.toLocaleString('en-GB');
  if (least !== undefined && most !== undefined) return `${write(least)} to ${write(most)}${unit}`;
  if (least !== undefined) return `at least ${write(least)}${unit}`;
  return most === undefined ? '' : `at most ${write(most)}${unit}`;
}
