import { parseArgs } from 'node:util';
import { ConfigError } from './config.ts';
import type { OrganisationInput } from './core/tenants/open-organisation.ts';
import { isTimeZone } from './kit/calendar.ts';

const usage = '--name "Djurkliniken" --mode live --country SE --zone Europe/Stockholm';

/** Reads the arguments of `open-organisation`. Throws one sentence that says what to mend. */
export function readOrganisation(args: readonly string[]): OrganisationInput {
  const { name = '', mode, country = '', zone = '' } = readOptions(args);
  if (name.trim() === '' || name.length > 200)
    throw new ConfigError(`--name is the organisation's name, at most 200 characters: ${usage}.`);
  if (mode !== 'test' && mode !== 'live') throw new ConfigError(`--mode is test or live: ${usage}.`);
  if (!/^[A-Z]{2}$/.test(country))
    throw new ConfigError(`--country is two capital letters of ISO 3166: ${usage}.`);
  if (!isTimeZone(zone)) throw new ConfigError(`--zone is an IANA time zone: ${usage}.`);
  return { name, mode, country, zone };
}

function readOptions(args: readonly string[]): Partial<Record<keyof OrganisationInput, string>> {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...args], options: { name: text, mode: text, country: text, zone: text } })
      .values;
  } catch {
    throw new ConfigError(`open-organisation takes four options: ${usage}.`);
  }
}
