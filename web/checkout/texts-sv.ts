import { locales } from '#kit/language.ts';
import type { Texts } from './texts.ts';

export const sv: Texts = {
  locale: locales.sv,
  languageName: 'Svenska',
  language: 'Språk',
  testMode: 'Testläge. Inga riktiga pengar flyttas.',
  payTo: (name) => `Betala till ${name}`,
  toPay: 'Att betala',
  dueDate: 'Förfallodag',
  reference: 'Referens',
  items: 'Det här betalar du för',
  description: 'Beskrivning',
  amount: 'Belopp',
  total: 'Summa',
  includingVat: (percent) => `varav moms ${percent}`,
  chooseMethod: 'Hur vill du betala?',
  payBy: {
    card: (amount) => `Betala ${amount} med kort`,
    swish: (amount) => `Betala ${amount} med Swish`,
    dummy: (amount) => `Testbetala ${amount}`,
  },
  methodNote: {
    card: 'Du fyller i kortuppgifterna på betalleverantörens säkra sida.',
    swish: 'Du godkänner betalningen i Swish-appen.',
    dummy: 'Godkänns direkt. Endast för test.',
  },
  methodName: { card: 'Kort', swish: 'Swish', dummy: 'Testbetalning' },
  noMethod: 'Länken går inte att betala på nätet. Kontakta säljaren.',
  keepCard: {
    single: {
      ask: (name) => `Spara mitt kort för senare betalningar till ${name}.`,
      tell: (name) => `Ditt kort sparas för senare betalningar till ${name}, som ni har kommit överens om.`,
    },
    series: {
      ask: (name) => `Spara mitt kort, och låt ${name} debitera det för min plan när den förfaller.`,
      tell: (name) =>
        `Ditt kort sparas, och ${name} debiterar det för din plan när den förfaller, som ni har kommit överens om.`,
    },
  },
  problem: {
    declined: {
      title: 'Betalningen gick inte igenom',
      text: 'Inga pengar har dragits. Du kan försöka igen, med ett annat kort eller på ett annat sätt.',
    },
    cancelled: {
      title: 'Betalningen avbröts',
      text: 'Inga pengar har dragits. Du kan betala när det passar dig.',
    },
    unavailable: {
      title: 'Det gick inte att starta betalningen',
      text: 'Inga pengar har dragits. Försök igen om en stund.',
    },
  },
  backTo: (name) => `Tillbaka till ${name}`,
  pending: {
    title: 'Vi bekräftar din betalning',
    text: 'Det tar oftast några sekunder. Betala inte en gång till.',
    mayClose: 'Du kan stänga sidan. Öppna länken igen när du vill för att se hur det gick.',
    stillWaiting:
      'Det tar längre tid än vanligt. Vi fortsätter att kontrollera och du betalar inte två gånger.',
    checkAgain: 'Kontrollera nu',
    begun: {
      title: 'Du har en påbörjad betalning',
      text: 'Fortsätt där du slutade. Är du redan klar visas resultatet här av sig självt.',
      continue: 'Fortsätt betalningen',
    },
  },
  swish: {
    title: 'Godkänn betalningen i Swish',
    text: 'Öppna Swish på telefonen och godkänn. Sidan visar resultatet av sig själv.',
    openApp: 'Öppna Swish',
    scan: 'Skanna koden med Swish-appen på telefonen.',
    code: 'Kod att skanna med Swish',
    phone: 'Mobilnummer för Swish (valfritt)',
    phoneNote: 'Lämna tomt för att skanna en kod i stället.',
    phoneProblem: 'Det här är inget mobilnummer. Kontrollera det, eller lämna fältet tomt.',
    cancel: 'Betala på ett annat sätt',
  },
  paid: {
    title: 'Tack, din betalning är klar',
    text: (name) => `${name} har fått besked om att du har betalat.`,
  },
  receipt: {
    title: 'Kvitto',
    items: 'Det här har du betalat för',
    number: 'Kvittonummer',
    paidAt: 'Betald',
    method: 'Betalsätt',
    seller: 'Säljare',
    organizationNumber: 'Organisationsnummer',
    download: 'Ladda ner kvitto (PDF)',
    quantity: 'Antal',
    unitPrice: 'À-pris',
    vat: 'Moms',
    vatSummary: 'Momsspecifikation',
    net: 'Exklusive moms',
    gross: 'Inklusive moms',
    testMode: 'Test: inte ett giltigt kvitto',
    page: (page, pages) => `Sida ${page} av ${pages}`,
  },
  expired: {
    title: 'Betalningslänken har gått ut',
    text: (name) => `Den går inte längre att betala. Be ${name} om en ny länk.`,
  },
  cancelled: {
    title: 'Betalningslänken har återkallats',
    text: (name) => `Du behöver inte betala något här. Kontakta ${name} om du har frågor.`,
  },
  reminders: {
    link: 'Påminnelser',
    title: 'Påminnelser om betalning',
    text: (name) =>
      `${name} påminner dig när en räkning ska betalas. Du kan stänga av påminnelserna för alla räkningar därifrån. Räkningen i sig påverkas inte.`,
    turnOff: 'Stäng av påminnelser',
    offTitle: 'Påminnelserna är avstängda',
    offText: (name) => `${name} skickar dig inga fler påminnelser. Nya räkningar kan du fortfarande få.`,
    turnOn: 'Slå på påminnelser igen',
    toBill: 'Till räkningen',
  },
  unknownLink: {
    title: 'Vi hittar inte betalningslänken',
    text: 'Kontrollera att hela adressen kom med från meddelandet, eller be avsändaren om en ny länk.',
  },
  trouble: {
    title: 'Något gick fel hos oss',
    text: 'Försök igen om en stund. Har du just betalat: öppna länken igen och se hur det gick innan du betalar en gång till.',
  },
};
