import { locales } from '#kit/language.ts';
import type { Texts } from './texts.ts';

export const da: Texts = {
  locale: locales.da,
  languageName: 'Dansk',
  language: 'Sprog',
  testMode: 'Testtilstand. Der flyttes ingen rigtige penge.',
  payTo: (name) => `Betal til ${name}`,
  toPay: 'Til betaling',
  dueDate: 'Betalingsfrist',
  reference: 'Reference',
  items: 'Det betaler du for',
  description: 'Beskrivelse',
  amount: 'Beløb',
  total: 'I alt',
  includingVat: (percent) => `heraf moms ${percent}`,
  chooseMethod: 'Hvordan vil du betale?',
  payBy: {
    card: (amount) => `Betal ${amount} med kort`,
    swish: (amount) => `Betal ${amount} med Swish`,
    dummy: (amount) => `Testbetal ${amount}`,
  },
  methodNote: {
    card: 'Du indtaster dine kortoplysninger på betalingsudbyderens sikre side.',
    swish: 'Du godkender betalingen i Swish-appen.',
    dummy: 'Godkendes med det samme. Kun til test.',
  },
  methodName: { card: 'Kort', swish: 'Swish', dummy: 'Testbetaling' },
  noMethod: 'Dette link kan ikke betales online. Kontakt sælgeren.',
  keepCard: {
    single: {
      ask: (name) => `Gem mit kort til senere betalinger til ${name}.`,
      tell: (name) => `Dit kort gemmes til senere betalinger til ${name}, som I har aftalt.`,
    },
    series: {
      ask: (name) => `Gem mit kort, og lad ${name} trække på det for min plan, når den forfalder.`,
      tell: (name) =>
        `Dit kort gemmes, og ${name} trækker på det for din plan, når den forfalder, som I har aftalt.`,
    },
  },
  problem: {
    declined: {
      title: 'Betalingen gik ikke igennem',
      text: 'Der er ikke trukket penge. Du kan prøve igen, med et andet kort eller på en anden måde.',
    },
    cancelled: {
      title: 'Betalingen blev afbrudt',
      text: 'Der er ikke trukket penge. Du kan betale, når det passer dig.',
    },
    unavailable: {
      title: 'Betalingen kunne ikke startes',
      text: 'Der er ikke trukket penge. Prøv igen om lidt.',
    },
  },
  backTo: (name) => `Tilbage til ${name}`,
  pending: {
    title: 'Vi bekræfter din betaling',
    text: 'Det tager normalt nogle få sekunder. Betal ikke en gang til.',
    mayClose: 'Du kan lukke siden. Åbn linket igen, når du vil, for at se, hvordan det gik.',
    stillWaiting:
      'Det tager længere tid end normalt. Vi bliver ved med at tjekke, og du betaler ikke to gange.',
    checkAgain: 'Tjek nu',
    begun: {
      title: 'Du er i gang med en betaling',
      text: 'Fortsæt, hvor du slap. Er du allerede færdig, vises resultatet her af sig selv.',
      continue: 'Fortsæt betalingen',
    },
  },
  swish: {
    title: 'Godkend betalingen i Swish',
    text: 'Åbn Swish på telefonen og godkend. Siden viser resultatet af sig selv.',
    openApp: 'Åbn Swish',
    scan: 'Scan koden med Swish-appen på telefonen.',
    code: 'Kode, der scannes med Swish',
    phone: 'Mobilnummer til Swish (valgfrit)',
    phoneNote: 'Lad feltet stå tomt for at scanne en kode i stedet.',
    phoneProblem: 'Det er ikke et mobilnummer. Kontrollér det, eller lad feltet stå tomt.',
    cancel: 'Betal på en anden måde',
  },
  paid: {
    title: 'Tak, din betaling er gennemført',
    text: (name) => `${name} har fået besked om, at du har betalt.`,
  },
  receipt: {
    title: 'Kvittering',
    items: 'Det har du betalt for',
    number: 'Kvitteringsnummer',
    paidAt: 'Betalt',
    method: 'Betalingsmåde',
    seller: 'Sælger',
    organizationNumber: 'Virksomhedsnummer',
    download: 'Hent kvittering (PDF)',
    quantity: 'Antal',
    unitPrice: 'Stykpris',
    vat: 'Moms',
    vatSummary: 'Momsspecifikation',
    net: 'Ekskl. moms',
    gross: 'Inkl. moms',
    testMode: 'Test: ikke en gyldig kvittering',
    page: (page, pages) => `Side ${page} af ${pages}`,
  },
  expired: {
    title: 'Betalingslinket er udløbet',
    text: (name) => `Det kan ikke længere betales. Bed ${name} om et nyt link.`,
  },
  cancelled: {
    title: 'Betalingslinket er trukket tilbage',
    text: (name) => `Du skal ikke betale noget her. Kontakt ${name}, hvis du har spørgsmål.`,
  },
  reminders: {
    link: 'Påmindelser',
    title: 'Påmindelser om betaling',
    text: (name) =>
      `${name} minder dig om det, når en regning skal betales. Du kan slå påmindelserne fra for alle regninger derfra. Selve regningen ændres ikke.`,
    turnOff: 'Slå påmindelser fra',
    offTitle: 'Påmindelserne er slået fra',
    offText: (name) => `${name} sender dig ikke flere påmindelser. Nye regninger kan du stadig få.`,
    turnOn: 'Slå påmindelser til igen',
    toBill: 'Til regningen',
  },
  unknownLink: {
    title: 'Vi kan ikke finde betalingslinket',
    text: 'Tjek, at du fik hele adressen med fra beskeden, eller bed afsenderen om et nyt link.',
  },
  trouble: {
    title: 'Noget gik galt hos os',
    text: 'Prøv igen om lidt. Har du lige betalt, så åbn linket igen, og se, hvordan det gik, før du betaler en gang til.',
  },
};
