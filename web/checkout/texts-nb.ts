import { locales } from '#kit/language.ts';
import type { Texts } from './texts.ts';

export const nb: Texts = {
  locale: locales.nb,
  languageName: 'Norsk',
  language: 'Språk',
  testMode: 'Testmodus. Ingen ekte penger flyttes.',
  payTo: (name) => `Betal til ${name}`,
  toPay: 'Å betale',
  dueDate: 'Forfallsdato',
  reference: 'Referanse',
  items: 'Dette betaler du for',
  description: 'Beskrivelse',
  amount: 'Beløp',
  total: 'Sum',
  includingVat: (percent) => `herav mva. ${percent}`,
  chooseMethod: 'Hvordan vil du betale?',
  payBy: {
    card: (amount) => `Betal ${amount} med kort`,
    swish: (amount) => `Betal ${amount} med Swish`,
    dummy: (amount) => `Testbetal ${amount}`,
  },
  methodNote: {
    card: 'Du fyller inn kortopplysningene på betalingsleverandørens sikre side.',
    swish: 'Du godkjenner betalingen i Swish-appen.',
    dummy: 'Godkjennes med en gang. Bare for test.',
  },
  methodName: { card: 'Kort', swish: 'Swish', dummy: 'Testbetaling' },
  noMethod: 'Denne lenken kan ikke betales på nett. Ta kontakt med selgeren.',
  keepCard: {
    single: {
      ask: (name) => `Lagre kortet mitt for senere betalinger til ${name}.`,
      tell: (name) => `Kortet ditt lagres for senere betalinger til ${name}, slik dere har avtalt.`,
    },
    series: {
      ask: (name) => `Lagre kortet mitt, og la ${name} belaste det for avtalen min når den forfaller.`,
      tell: (name) =>
        `Kortet ditt lagres, og ${name} belaster det for avtalen din når den forfaller, slik dere har avtalt.`,
    },
  },
  problem: {
    declined: {
      title: 'Betalingen gikk ikke gjennom',
      text: 'Ingen penger er trukket. Du kan prøve igjen, med et annet kort eller på en annen måte.',
    },
    cancelled: {
      title: 'Betalingen ble avbrutt',
      text: 'Ingen penger er trukket. Du kan betale når det passer deg.',
    },
    unavailable: {
      title: 'Vi fikk ikke startet betalingen',
      text: 'Ingen penger er trukket. Prøv igjen om litt.',
    },
  },
  backTo: (name) => `Tilbake til ${name}`,
  pending: {
    title: 'Vi bekrefter betalingen din',
    text: 'Det tar som regel noen få sekunder. Ikke betal en gang til.',
    mayClose: 'Du kan lukke siden. Åpne lenken igjen når du vil, for å se hvordan det gikk.',
    stillWaiting:
      'Det tar lengre tid enn vanlig. Vi fortsetter å sjekke, og du blir ikke belastet to ganger.',
    checkAgain: 'Sjekk nå',
    begun: {
      title: 'Du har begynt på en betaling',
      text: 'Fortsett der du slapp. Er du allerede ferdig, vises resultatet her av seg selv.',
      continue: 'Fortsett betalingen',
    },
  },
  swish: {
    title: 'Godkjenn betalingen i Swish',
    text: 'Åpne Swish på telefonen og godkjenn. Siden viser resultatet av seg selv.',
    openApp: 'Åpne Swish',
    scan: 'Skann koden med Swish-appen på telefonen.',
    code: 'Kode som skannes med Swish',
    phone: 'Mobilnummer for Swish (valgfritt)',
    phoneNote: 'La feltet stå tomt for å skanne en kode i stedet.',
    phoneProblem: 'Dette er ikke et mobilnummer. Kontroller det, eller la feltet stå tomt.',
    cancel: 'Betal på en annen måte',
  },
  paid: {
    title: 'Takk, betalingen er fullført',
    text: (name) => `${name} har fått beskjed om at du har betalt.`,
  },
  receipt: {
    title: 'Kvittering',
    items: 'Dette har du betalt for',
    number: 'Kvitteringsnummer',
    paidAt: 'Betalt',
    method: 'Betalingsmåte',
    seller: 'Selger',
    organizationNumber: 'Organisasjonsnummer',
    download: 'Last ned kvittering (PDF)',
    quantity: 'Antall',
    unitPrice: 'Enhetspris',
    vat: 'Mva.',
    vatSummary: 'Mva.-spesifikasjon',
    net: 'Uten mva.',
    gross: 'Med mva.',
    testMode: 'Test: ikke en gyldig kvittering',
    page: (page, pages) => `Side ${page} av ${pages}`,
  },
  expired: {
    title: 'Betalingslenken er utløpt',
    text: (name) => `Den kan ikke lenger betales. Be ${name} om en ny lenke.`,
  },
  cancelled: {
    title: 'Betalingslenken er trukket tilbake',
    text: (name) => `Du trenger ikke å betale noe her. Ta kontakt med ${name} hvis du har spørsmål.`,
  },
  reminders: {
    link: 'Påminnelser',
    title: 'Påminnelser om betaling',
    text: (name) =>
      `${name} minner deg på det når en regning skal betales. Du kan slå av påminnelsene for alle regninger derfra. Selve regningen endres ikke.`,
    turnOff: 'Slå av påminnelser',
    offTitle: 'Påminnelsene er slått av',
    offText: (name) => `${name} sender deg ikke flere påminnelser. Nye regninger kan du fortsatt få.`,
    turnOn: 'Slå på påminnelser igjen',
    toBill: 'Til regningen',
  },
  unknownLink: {
    title: 'Vi finner ikke betalingslenken',
    text: 'Sjekk at du fikk med hele adressen fra meldingen, eller be avsenderen om en ny lenke.',
  },
  trouble: {
    title: 'Noe gikk galt hos oss',
    text: 'Prøv igjen om litt. Har du nettopp betalt, så åpne lenken igjen og se hvordan det gikk før du betaler en gang til.',
  },
};
