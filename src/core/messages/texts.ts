import type { Language } from '#kit/language.ts';
import { da } from './texts-da.ts';
import { de } from './texts-de.ts';
import { en } from './texts-en.ts';
import { fi } from './texts-fi.ts';
import { nb } from './texts-nb.ts';
import { sv } from './texts-sv.ts';

/** What there is to be said: here is your bill, it will soon be due, it was due. */
export const occasions = ['invitation', 'reminder', 'overdue'] as const;
export type Occasion = (typeof occasions)[number];

/** The parts of a text, each a template: see `fill-template.ts`. */
export const textParts = ['sms', 'subject', 'email'] as const;
export type TextPart = (typeof textParts)[number];

export type MessageText = Readonly<Record<TextPart, string>>;

/** Everything messages say in one language. A language is complete or it does not compile. */
export interface MessageTexts extends Readonly<Record<Occasion, MessageText>> {
  /** Stands before the address at which reminders are turned off; tenants cannot leave it out. */
  readonly turnOff: string;
}

/** What a tenant says in its own words; for the rest ours are used. */
export type OwnTexts = Readonly<
  Partial<Record<Language, Readonly<Partial<Record<Occasion, Partial<MessageText>>>>>>
>;

const table = { sv, en, fi, nb, da, de } satisfies Record<Language, MessageTexts>;

export function messageTextsOf(language: Language): MessageTexts {
  return table[language];
}
