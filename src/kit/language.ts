/** The languages payers are spoken to in, as BCP 47 primary tags, each with the tag by which it writes numbers and dates. */
export const locales = {
  sv: 'sv-SE',
  en: 'en-GB',
  fi: 'fi-FI',
  nb: 'nb-NO',
  da: 'da-DK',
  de: 'de-DE',
} as const;

export type Language = keyof typeof locales;

export const languages = Object.keys(locales) as readonly Language[];

/** Other tags of a language we speak: Norwegian in general, and Nynorsk, whose readers read Bokmål. */
const others: ReadonlyMap<string, Language> = new Map([
  ['no', 'nb'],
  ['nn', 'nb'],
]);

/** The language of a tag such as `fi`, `fi-FI` or `no`; undefined where it is none of ours. */
export function findLanguage(tag: string): Language | undefined {
  const primary = tag.trim().toLowerCase().split('-', 1)[0] ?? '';
  return languages.find((one) => one === primary) ?? others.get(primary);
}

/** Tags of a browser's header that are looked at; nobody reads more languages than that. */
const maxTags = 20;

/** The first of ours that an `Accept-Language` header asks for, in its own order of preference; else English. */
export function preferredLanguage(acceptLanguage: string): Language {
  const wishes = acceptLanguage
    .split(',', maxTags)
    .map((wish) => {
      const [tag = '', quality] = wish.split(';');
      const weight = quality === undefined ? 1 : Number(/^\s*q=([\d.]+)\s*$/.exec(quality)?.[1] ?? 0);
      return { language: findLanguage(tag), weight };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  return wishes.find(({ language }) => language !== undefined)?.language ?? 'en';
}
