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
  /** Seconds for each request's own time; 0 where that is not measured. So with the next three. */
  readonly ownSeconds: number;
  /** Rows of the list of which the first and the last page are read. */
  readonly pages: number;
  /** Payments stored in a second database, beside the empty one. */
  readonly stored: number;
  /** Of load, for the memory it takes. */
  readonly minutes: number;
  /** Where the rows are written as JSON. */
  readonly json: string | undefined;
}

/** Every figure is the median of an odd number of rounds. */
const rounds = 3;

/** The sizes at which the bars are set. */
const full = { own: 5, pages: 5_000_000, stored: 10_000_000, minutes: 10 };

/** `--full` is every width, and what takes long; without it the table is there within three minutes. */
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
      own: { type: 'string' },
      pages: { type: 'string' },
      stored: { type: 'string' },
      minutes: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const widths = values.connections ?? (values.full ? '1,16,64,256' : '64');
  const only = values.only.split(',').filter((part) => part !== '');
  const due = values.due ?? (only.length === 0 || only.includes('rebill') ? '1000' : '');
  const long = (name: keyof typeof full) => {
    const [size = 0] = readNumbers(name, values[name] ?? String(values.full ? full[name] : 0), 0);
    return size;
  };
  const [seconds = 0] = readNumbers('seconds', values.seconds ?? (values.full ? '6' : '2'));
  const [processes = 1] = readNumbers('processes', values.processes);
  return {
    store: values.embedded ? 'embedded' : 'postgresql',
    processes: values.embedded ? 1 : processes,
    connections: readNumbers('connections', widths),
    seconds,
    rounds,
    only,
    due: readNumbers('due', due),
    ownSeconds: long('own'),
    pages: long('pages'),
    stored: long('stored'),
    minutes: long('minutes'),
    json: values.json,
  };
}

/** Numbers with commas between them, none below `least`; nothing for the empty text. Throws the argument. */
function readNumbers(name: string, text: string, least = 1): number[] {
  const numbers = text === '' ? [] : text.split(',').map(Number);
  if (numbers.some((number) => !(number >= least)))
    throw new Error(`--${name}=${text} makes no sense: numbers from ${least} on are meant`);
  return numbers;
}
