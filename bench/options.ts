import { parseArgs } from 'node:util';

export interface Options {
  readonly store: 'postgresql' | 'embedded';
  /** Processes of the product on one database. */
  readonly processes: number;
  readonly connections: readonly number[];
  readonly seconds: number;
  readonly rounds: number;
  /** Parts of contestants' names; all where it is empty. */
  readonly only: readonly string[];
  /** Plans that fall due at one instant, one round for each number; none where other rows were asked for. */
  readonly due: readonly number[];
  /** Where the rows are written as JSON. */
  readonly json: string | undefined;
}

/** Every figure is the median of an odd number of rounds. */
const rounds = 3;

/** `--full` is every width; without it the table is there within three minutes. */
export function readOptions(parameters: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      embedded: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      processes: { type: 'string', default: '1' },
      connections: { type: 'string' },
      seconds: { type: 'string' },
      only: { type: 'string', default: '' },
      due: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const widths = values.connections ?? (values.full ? '1,16,64,256' : '64');
  const only = values.only.split(',').filter((part) => part !== '');
  const due = values.due ?? (only.length === 0 || only.includes('rebill') ? '1000' : '');
  return {
    store: values.embedded ? 'embedded' : 'postgresql',
    processes: values.embedded ? 1 : Number(values.processes),
    connections: widths.split(',').map(Number),
    seconds: Number(values.seconds ?? (values.full ? 6 : 2)),
    rounds,
    only,
    due: due
      .split(',')
      .filter((part) => part !== '')
      .map(Number),
    json: values.json,
  };
}
