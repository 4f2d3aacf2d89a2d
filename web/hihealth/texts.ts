import type { ClaimProblem } from './view.ts';

interface ClaimTexts {
  /** BCP 47 tag for numbers. */
  readonly locale: string;
  readonly title: (seller: string) => string;
  readonly testMode: string;
  readonly reference: string;
  readonly identify: { readonly title: string; readonly contact: string; readonly button: string };
  readonly code: {
    readonly title: string;
    readonly sent: (contact: string) => string;
    readonly code: string;
    readonly button: string;
    readonly again: string;
  };
  readonly review: {
    readonly title: string;
    readonly pay: string;
    readonly hold: string;
    readonly note: string;
  };
  readonly prescription: {
    readonly label: string;
    readonly button: string;
    readonly missing: string;
    readonly uploaded: string;
  };
  readonly cancel: string;
  readonly waiting: {
    readonly title: string;
    readonly text: string;
    readonly resume: string;
    readonly look: string;
  };
  readonly cancelled: string;
  readonly denied: string;
  readonly back: (seller: string) => string;
  readonly problem: Readonly<Record<ClaimProblem, string>>;
}

const en: ClaimTexts = {
  locale: 'en-IE',
  title: (seller) => `Payment to ${seller}`,
  testMode: 'Test mode: no money moves',
  reference: 'Reference',
  identify: {
    title: 'Who is paying?',
    contact: 'E-mail address or phone number',
    button: 'Send me a code',
  },
  code: {
    title: 'Enter your code',
    sent: (contact) => `We have sent six digits to ${contact}. They are good for ten minutes.`,
    code: 'Code',
    button: 'Continue',
    again: 'Send another code',
  },
  review: {
    title: 'Check and confirm',
    pay: 'Pay by card',
    hold: 'Confirm by card',
    note: 'The amount is held on your card and taken when the order is fulfilled.',
  },
  prescription: {
    label: 'Prescription (PDF, up to 10 MB)',
    button: 'Upload',
    missing: 'This order needs a prescription.',
    uploaded: 'Your prescription is here.',
  },
  cancel: 'Cancel',
  waiting: {
    title: 'Your payment is under way',
    text: 'We are waiting for the answer of your bank. You will not be charged twice.',
    resume: 'Back to card payment',
    look: 'Look again',
  },
  cancelled: 'This payment was cancelled.',
  denied: 'This order could not be fulfilled. What you paid goes back to your card.',
  back: (seller) => `Back to ${seller}`,
  problem: {
    contact: 'That is neither an e-mail address nor a phone number.',
    code: 'The code is wrong or has been used up.',
    'claimed-by-another': 'Somebody else is paying this already, or it can no longer be paid.',
    'too-many-codes': 'Too many codes were sent there. Try again in an hour.',
    'not-a-pdf': 'The document is not a PDF.',
    'too-large': 'The document is larger than 10 MB.',
    'no-prescription': 'Upload the prescription first.',
    declined: 'The card payment did not go through. No money has been taken.',
    unavailable: 'That is not possible just now. Try again.',
  },
};

const de: ClaimTexts = {
  locale: 'de-DE',
  title: (seller) => `Zahlung an ${seller}`,
  testMode: 'Testmodus: Es fließt kein Geld',
  reference: 'Referenz',
  identify: {
    title: 'Wer bezahlt?',
    contact: 'E-Mail-Adresse oder Telefonnummer',
    button: 'Code senden',
  },
  code: {
    title: 'Code eingeben',
    sent: (contact) => `Wir haben sechs Ziffern an ${contact} gesendet. Sie gelten zehn Minuten.`,
    code: 'Code',
    button: 'Weiter',
    again: 'Neuen Code senden',
  },
  review: {
    title: 'Prüfen und bestätigen',
    pay: 'Mit Karte bezahlen',
    hold: 'Mit Karte bestätigen',
    note: 'Der Betrag wird auf Ihrer Karte reserviert und bei Lieferung eingezogen.',
  },
  prescription: {
    label: 'Rezept (PDF, bis 10 MB)',
    button: 'Hochladen',
    missing: 'Für diese Bestellung wird ein Rezept benötigt.',
    uploaded: 'Ihr Rezept ist da.',
  },
  cancel: 'Abbrechen',
  waiting: {
    title: 'Ihre Zahlung läuft',
    text: 'Wir warten auf die Antwort Ihrer Bank. Sie werden nicht zweimal belastet.',
    resume: 'Zurück zur Kartenzahlung',
    look: 'Erneut nachsehen',
  },
  cancelled: 'Diese Zahlung wurde abgebrochen.',
  denied: 'Diese Bestellung konnte nicht erfüllt werden. Ihre Zahlung geht auf Ihre Karte zurück.',
  back: (seller) => `Zurück zu ${seller}`,
  problem: {
    contact: 'Das ist weder eine E-Mail-Adresse noch eine Telefonnummer.',
    code: 'Der Code ist falsch oder verbraucht.',
    'claimed-by-another': 'Jemand anderes bezahlt dies bereits, oder es kann nicht mehr bezahlt werden.',
    'too-many-codes': 'Dorthin wurden zu viele Codes gesendet. Versuchen Sie es in einer Stunde erneut.',
    'not-a-pdf': 'Das Dokument ist kein PDF.',
    'too-large': 'Das Dokument ist größer als 10 MB.',
    'no-prescription': 'Laden Sie zuerst das Rezept hoch.',
    declined: 'Die Kartenzahlung wurde nicht ausgeführt. Es wurde kein Geld abgebucht.',
    unavailable: 'Das ist gerade nicht möglich. Versuchen Sie es erneut.',
  },
};

const table = { en, de } satisfies Record<string, ClaimTexts>;

/** The languages of the page, as BCP 47 primary tags. */
export type ClaimLanguage = keyof typeof table;

export function claimTexts(language: ClaimLanguage): ClaimTexts {
  return table[language];
}
