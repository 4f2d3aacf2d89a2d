/** Formats that are kept; a reader's language, a currency and a zone have one each, and few of them are read at a time. */
const most = 100;

const numbers = new Map<string, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();

/** How numbers are written. Kept, since to make one takes a hundred times as long as to write a number with it. */
export function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return kept(numbers, locale, options, () => new Intl.NumberFormat(locale, options));
}

/** How days and times are written. Kept for the same reason. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return kept(dates, locale, options, () => new Intl.DateTimeFormat(locale, options));
}

/** The oldest makes room. */
function kept<Format>(formats: Map<string, Format>, locale: string, options: object, make: () => Format) {
  const key = `${locale} ${JSON.stringify(options)}`;
  const found = formats.get(key);
  if (found !== undefined) return found;
  const made = make();
  formats.set(key, made);
  const [oldest] = formats.keys();
  if (formats.size > most && oldest !== undefined) formats.delete(oldest);
  return made;
}
