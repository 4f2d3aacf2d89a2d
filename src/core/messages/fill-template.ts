import type { Occasion, TextPart } from './texts.ts';

/** What a template may name, in braces. */
export const placeholders = ['supplier', 'amount', 'dueDate', 'link'] as const;
export type Placeholder = (typeof placeholders)[number];

export type TemplateValues = Readonly<Record<Placeholder, string | null>>;

const pattern = /\{([^{}]*)\}/g;

/**
 * A template with its values in place. A line that names something there is none of (`{dueDate}` of a bill without a
 * due date) is left out. Values are put in as they are: braces in them mean nothing.
 */
export function fillTemplate(template: string, values: TemplateValues): string {
  return template
    .split('\n')
    .filter((line) => namesIn(line).every((name) => !isPlaceholder(name) || values[name] !== null))
    .map((line) =>
      line.replace(pattern, (whole, name: string) => (isPlaceholder(name) ? (values[name] ?? '') : whole)),
    )
    .join('\n');
}

/** Long enough for anything a bill needs to say; an SMS of more is four to be paid for. */
export const maxTemplateCharacters = { sms: 400, subject: 150, email: 2_000 } as const satisfies Record<
  TextPart,
  number
>;

// biome-ignore lint/suspicious/noControlCharactersInRegex: what no message may hold but the end of a line.
const controlPattern = /[\u0000-\u0009\u000b-\u001f\u007f]/;

/**
 * Why a template cannot be used, in a sentence; undefined where it can. It may name what there is and nothing else, and
 * a message must lead to the bill: an invitation with and without a due date, the others always have one.
 */
export function refusalOfTemplate(occasion: Occasion, part: TextPart, template: string): string | undefined {
  const names = namesIn(template);
  const stranger = names.find((name) => !isPlaceholder(name));
  if (stranger !== undefined)
    return `{${stranger}} is not one of ${placeholders.map((name) => `{${name}}`).join(', ')}`;
  if (template.trim() === '') return 'it is empty';
  if (controlPattern.test(template)) return 'it has a control character';
  if (template.length > maxTemplateCharacters[part])
    return `it is longer than ${maxTemplateCharacters[part]} characters`;
  if (part === 'subject') {
    if (template.includes('\n')) return 'it has more than one line';
    return names.includes('link') ? '{link} does not belong in a subject' : undefined;
  }
  const dueDate = occasion === 'invitation' ? null : 'D';
  const filled = fillTemplate(template, { supplier: 'S', amount: 'A', dueDate, link: '{link}' });
  if (filled.includes('{link}')) return undefined;
  return names.includes('link') ? 'it has no {link} where there is no due date' : 'it has no {link}';
}

function namesIn(text: string): string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name);
}

function isPlaceholder(name: string): name is Placeholder {
  return placeholders.some((known) => known === name);
}
