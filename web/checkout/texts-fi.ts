import { locales } from '#kit/language.ts';
import type { Texts } from './texts.ts';

export const fi: Texts = {
  locale: locales.fi,
  languageName: 'Suomi',
  language: 'Kieli',
  testMode: 'Testitila. Oikeaa rahaa ei siirry.',
  payTo: (name) => `Saaja: ${name}`,
  toPay: 'Maksettavaa',
  dueDate: 'Eräpäivä',
  reference: 'Viite',
  items: 'Mistä maksat',
  description: 'Kuvaus',
  amount: 'Summa',
  total: 'Yhteensä',
  includingVat: (percent) => `sisältää alv ${percent}`,
  chooseMethod: 'Miten haluat maksaa?',
  payBy: {
    card: (amount) => `Maksa ${amount} kortilla`,
    swish: (amount) => `Maksa ${amount} Swishillä`,
    dummy: (amount) => `Testimaksu ${amount}`,
  },
  methodNote: {
    card: 'Annat kortin tiedot maksupalvelun suojatulla sivulla.',
    swish: 'Hyväksyt maksun Swish-sovelluksessa.',
    dummy: 'Hyväksytään heti. Vain testaamiseen.',
  },
  methodName: { card: 'Kortti', swish: 'Swish', dummy: 'Testimaksu' },
  noMethod: 'Tätä linkkiä ei voi maksaa verkossa. Ota yhteyttä myyjään.',
  keepCard: {
    single: {
      ask: (name) => `Tallenna korttini myöhempiä maksuja varten: ${name}.`,
      tell: (name) => `Korttisi tallennetaan myöhempiä maksuja varten sovitun mukaisesti: ${name}.`,
    },
    series: {
      ask: (name) => `Tallenna korttini. ${name} saa veloittaa siltä sopimukseni maksut eräpäivinä.`,
      tell: (name) =>
        `Korttisi tallennetaan, ja ${name} veloittaa siltä sopimuksesi maksut eräpäivinä sovitun mukaisesti.`,
    },
  },
  problem: {
    declined: {
      title: 'Maksu ei mennyt läpi',
      text: 'Rahaa ei ole veloitettu. Voit yrittää uudelleen toisella kortilla tai toisella maksutavalla.',
    },
    cancelled: {
      title: 'Maksu keskeytettiin',
      text: 'Rahaa ei ole veloitettu. Voit maksaa silloin, kun sinulle sopii.',
    },
    unavailable: {
      title: 'Maksua ei voitu aloittaa',
      text: 'Rahaa ei ole veloitettu. Yritä hetken kuluttua uudelleen.',
    },
  },
  backTo: (name) => `Takaisin sivustolle ${name}`,
  pending: {
    title: 'Vahvistamme maksuasi',
    text: 'Tämä kestää yleensä muutaman sekunnin. Älä maksa uudelleen.',
    mayClose: 'Voit sulkea sivun. Avaa linkki milloin tahansa uudelleen, niin näet, miten maksu eteni.',
    stillWaiting: 'Tämä kestää tavallista kauemmin. Jatkamme tarkistamista, eikä sinulta veloiteta kahdesti.',
    checkAgain: 'Tarkista nyt',
    begun: {
      title: 'Maksusi on kesken',
      text: 'Jatka siitä, mihin jäit. Jos olet jo maksanut, tulos ilmestyy tähän itsestään.',
      continue: 'Jatka maksamista',
    },
  },
  swish: {
    title: 'Hyväksy maksu Swishissä',
    text: 'Avaa Swish puhelimessasi ja hyväksy. Tämä sivu näyttää tuloksen itsestään.',
    openApp: 'Avaa Swish',
    scan: 'Skannaa koodi puhelimesi Swish-sovelluksella.',
    code: 'Swishillä skannattava koodi',
    phone: 'Matkapuhelinnumero Swishiä varten (valinnainen)',
    phoneNote: 'Jätä tyhjäksi, jos haluat skannata koodin.',
    phoneProblem: 'Tämä ei ole matkapuhelinnumero. Tarkista se tai jätä kenttä tyhjäksi.',
    cancel: 'Maksa muulla tavalla',
  },
  paid: {
    title: 'Kiitos, maksusi on valmis',
    text: (name) => `${name} on saanut tiedon maksustasi.`,
  },
  receipt: {
    title: 'Kuitti',
    items: 'Mistä maksoit',
    number: 'Kuitin numero',
    paidAt: 'Maksettu',
    method: 'Maksutapa',
    seller: 'Myyjä',
    organizationNumber: 'Yritystunnus',
    download: 'Lataa kuitti (PDF)',
    quantity: 'Määrä',
    unitPrice: 'Yksikköhinta',
    vat: 'Alv',
    vatSummary: 'Arvonlisäveroerittely',
    net: 'Veroton',
    gross: 'Verollinen',
    testMode: 'Testi: ei ole pätevä kuitti',
    page: (page, pages) => `Sivu ${page}/${pages}`,
  },
  expired: {
    title: 'Maksulinkki on vanhentunut',
    text: (name) => `Linkillä ei voi enää maksaa. Pyydä uusi linkki: ${name}.`,
  },
  cancelled: {
    title: 'Maksulinkki on peruttu',
    text: (name) =>
      `Sinun ei tarvitse maksaa tällä linkillä mitään. Jos sinulla on kysyttävää, ota yhteyttä: ${name}.`,
  },
  reminders: {
    link: 'Muistutukset',
    title: 'Maksumuistutukset',
    text: (name) =>
      `${name} muistuttaa sinua, kun lasku on maksettava. Voit poistaa muistutukset käytöstä kaikista tämän lähettäjän laskuista. Itse lasku ei muutu.`,
    turnOff: 'Poista muistutukset käytöstä',
    offTitle: 'Muistutukset on poistettu käytöstä',
    offText: (name) => `${name} ei lähetä sinulle enää muistutuksia. Uusia laskuja voit edelleen saada.`,
    turnOn: 'Ota muistutukset taas käyttöön',
    toBill: 'Laskuun',
  },
  unknownLink: {
    title: 'Maksulinkkiä ei löydy',
    text: 'Tarkista, että viestissä ollut osoite tuli mukaan kokonaan, tai pyydä lähettäjältä uusi linkki.',
  },
  trouble: {
    title: 'Jokin meni meillä vikaan',
    text: 'Yritä hetken kuluttua uudelleen. Jos maksoit juuri, avaa linkki uudelleen ja katso, miten maksu eteni, ennen kuin maksat toisen kerran.',
  },
};
