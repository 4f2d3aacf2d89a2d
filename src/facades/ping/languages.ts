/** The two ways Ping writes a language, and ours (decision E-2). */

const rows = [
  { language: 'SE', locale: 'sv-SE', ours: 'sv' },
  { language: 'NO', locale: 'nb-NO', ours: 'nb' },
  { language: 'EN', locale: 'en-GB', ours: 'en' },
  { language: 'DK', locale: 'da-DK', ours: 'da' },
  { language: 'FI', locale: 'fi-FI', ours: 'fi' },
  { language: 'DE', locale: 'de-DE', ours: 'de' },
] as const;

export interface WrittenLanguage {
  readonly language: string;
  readonly locale: string;
  readonly ours: string;
}

/** All three spellings of whichever one was given. */
export function readLanguage(given: {
  language?: string | undefined;
  locale?: string | undefined;
}): WrittenLanguage {
  const row = rows.find((one) => one.language === given.language || one.locale === given.locale) ?? rows[2];
  return { ...row, locale: given.locale ?? row.locale };
}
