import type { Language } from '#kit/language.ts';
import type { BankTransfer, FundedView } from './view.ts';

type Named = (name: string) => string;

/** Everything that is said of invoices and of paying them at a bank. A language is complete or it does not compile. */
export interface InvoiceTexts {
  readonly title: string;
  readonly number: string;
  readonly date: string;
  readonly customer: string;
  /** How a receipt names the means of payment. */
  readonly method: string;
  readonly payAtBank: string;
  readonly note: string;
  readonly reference: Readonly<Record<BankTransfer['kind'], string>>;
  readonly bankgiro: string;
  readonly account: string;
  readonly download: string;
  readonly scanAtBank: string;
  readonly scanOnline: string;
  readonly testMode: string;
  readonly received: string;
  readonly missing: string;
  readonly surplus: string;
  readonly funded: Readonly<Record<FundedView['funding'], { readonly title: string; readonly text: Named }>>;
}

const sv: InvoiceTexts = {
  title: 'Faktura',
  number: 'Fakturanummer',
  date: 'Fakturadatum',
  customer: 'Till',
  method: 'Bankbetalning',
  payAtBank: 'Betala via din bank',
  note: 'Ange numret som OCR. Det visar vad betalningen gäller.',
  reference: { ocr: 'OCR-nummer', kid: 'KID-nummer' },
  bankgiro: 'Bankgiro',
  account: 'Konto',
  download: 'Ladda ner faktura (PDF)',
  scanAtBank: 'Skanna i din bankapp',
  scanOnline: 'Skanna för att betala på nätet',
  testMode: 'Test: inte en giltig faktura',
  received: 'Mottaget',
  missing: 'Kvar att betala',
  surplus: 'För mycket betalt',
  funded: {
    short: {
      title: 'En del av din betalning har kommit fram',
      text: () => 'Betala det som är kvar på samma sätt, med samma nummer.',
    },
    exact: { title: 'Din betalning har kommit fram', text: (name) => `${name} bekräftar den inom kort.` },
    over: {
      title: 'Du har betalat mer än beloppet',
      text: (name) => `Du behöver inte göra något. ${name} reglerar skillnaden.`,
    },
  },
};

const en: InvoiceTexts = {
  title: 'Invoice',
  number: 'Invoice number',
  date: 'Invoice date',
  customer: 'To',
  method: 'Bank transfer',
  payAtBank: 'Pay at your bank',
  note: 'Give this number with the transfer. It says what the payment is for.',
  reference: { ocr: 'OCR number', kid: 'KID number' },
  bankgiro: 'Bankgiro',
  account: 'Account',
  download: 'Download invoice (PDF)',
  scanAtBank: 'Scan in your banking app',
  scanOnline: 'Scan to pay online',
  testMode: 'Test: not a valid invoice',
  received: 'Received',
  missing: 'Left to pay',
  surplus: 'Paid too much',
  funded: {
    short: {
      title: 'A part of your payment has arrived',
      text: () => 'Please pay what is left in the same way, with the same number.',
    },
    exact: { title: 'Your payment has arrived', text: (name) => `${name} will confirm it shortly.` },
    over: {
      title: 'You have paid more than the amount',
      text: (name) => `There is nothing you need to do. ${name} will settle the difference.`,
    },
  },
};

const fi: InvoiceTexts = {
  title: 'Lasku',
  number: 'Laskun numero',
  date: 'Laskun päivä',
  customer: 'Vastaanottaja',
  method: 'Tilisiirto',
  payAtBank: 'Maksa pankissasi',
  note: 'Anna tämä numero tilisiirron viitteenä. Siitä näkyy, mitä maksu koskee.',
  reference: { ocr: 'OCR-numero', kid: 'KID-numero' },
  bankgiro: 'Bankgiro',
  account: 'Tili',
  download: 'Lataa lasku (PDF)',
  scanAtBank: 'Skannaa pankkisovelluksessa',
  scanOnline: 'Skannaa ja maksa verkossa',
  testMode: 'Testi: ei kelpaa laskuksi',
  received: 'Vastaanotettu',
  missing: 'Maksamatta',
  surplus: 'Maksettu liikaa',
  funded: {
    short: {
      title: 'Osa maksustasi on saapunut',
      text: () => 'Maksa loput samalla tavalla ja samalla numerolla.',
    },
    exact: { title: 'Maksusi on saapunut', text: (name) => `${name} vahvistaa sen pian.` },
    over: {
      title: 'Olet maksanut enemmän kuin summan',
      text: (name) => `Sinun ei tarvitse tehdä mitään. ${name} hoitaa erotuksen.`,
    },
  },
};

const nb: InvoiceTexts = {
  title: 'Faktura',
  number: 'Fakturanummer',
  date: 'Fakturadato',
  customer: 'Til',
  method: 'Bankoverføring',
  payAtBank: 'Betal i banken din',
  note: 'Oppgi dette nummeret ved betaling. Det viser hva betalingen gjelder.',
  reference: { ocr: 'OCR-nummer', kid: 'KID-nummer' },
  bankgiro: 'Bankgiro',
  account: 'Konto',
  download: 'Last ned faktura (PDF)',
  scanAtBank: 'Skann i bankappen',
  scanOnline: 'Skann for å betale på nett',
  testMode: 'Test: ikke en gyldig faktura',
  received: 'Mottatt',
  missing: 'Gjenstår å betale',
  surplus: 'Betalt for mye',
  funded: {
    short: {
      title: 'En del av betalingen din er mottatt',
      text: () => 'Betal det som gjenstår på samme måte, med samme nummer.',
    },
    exact: { title: 'Betalingen din er mottatt', text: (name) => `${name} bekrefter den snart.` },
    over: {
      title: 'Du har betalt mer enn beløpet',
      text: (name) => `Du trenger ikke å gjøre noe. ${name} ordner differansen.`,
    },
  },
};

const da: InvoiceTexts = {
  title: 'Faktura',
  number: 'Fakturanummer',
  date: 'Fakturadato',
  customer: 'Til',
  method: 'Bankoverførsel',
  payAtBank: 'Betal i din bank',
  note: 'Oplys dette nummer ved overførslen. Det viser, hvad betalingen gælder.',
  reference: { ocr: 'OCR-nummer', kid: 'KID-nummer' },
  bankgiro: 'Bankgiro',
  account: 'Konto',
  download: 'Hent faktura (PDF)',
  scanAtBank: 'Scan i din bankapp',
  scanOnline: 'Scan for at betale online',
  testMode: 'Test: ikke en gyldig faktura',
  received: 'Modtaget',
  missing: 'Mangler at blive betalt',
  surplus: 'Betalt for meget',
  funded: {
    short: {
      title: 'En del af din betaling er modtaget',
      text: () => 'Betal resten på samme måde og med samme nummer.',
    },
    exact: { title: 'Din betaling er modtaget', text: (name) => `${name} bekræfter den snart.` },
    over: {
      title: 'Du har betalt mere end beløbet',
      text: (name) => `Du behøver ikke at gøre noget. ${name} udligner forskellen.`,
    },
  },
};

const de: InvoiceTexts = {
  title: 'Rechnung',
  number: 'Rechnungsnummer',
  date: 'Rechnungsdatum',
  customer: 'An',
  method: 'Überweisung',
  payAtBank: 'Per Überweisung bezahlen',
  note: 'Geben Sie diese Nummer bei der Überweisung an. Sie sagt, wofür bezahlt wird.',
  reference: { ocr: 'OCR-Nummer', kid: 'KID-Nummer' },
  bankgiro: 'Bankgiro',
  account: 'Konto',
  download: 'Rechnung herunterladen (PDF)',
  scanAtBank: 'In der Banking-App scannen',
  scanOnline: 'Scannen und online bezahlen',
  testMode: 'Test: keine gültige Rechnung',
  received: 'Eingegangen',
  missing: 'Noch zu zahlen',
  surplus: 'Zu viel gezahlt',
  funded: {
    short: {
      title: 'Ein Teil Ihrer Zahlung ist eingegangen',
      text: () => 'Bitte zahlen Sie den Rest auf demselben Weg und mit derselben Nummer.',
    },
    exact: { title: 'Ihre Zahlung ist eingegangen', text: (name) => `${name} bestätigt sie in Kürze.` },
    over: {
      title: 'Sie haben mehr als den Betrag gezahlt',
      text: (name) => `Sie müssen nichts tun. ${name} gleicht die Differenz aus.`,
    },
  },
};

const table = { sv, en, fi, nb, da, de } satisfies Record<Language, InvoiceTexts>;

export function invoiceTextsOf(language: Language): InvoiceTexts {
  return table[language];
}
