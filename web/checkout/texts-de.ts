import { locales } from '#kit/language.ts';
import type { Texts } from './texts.ts';

export const de: Texts = {
  locale: locales.de,
  languageName: 'Deutsch',
  language: 'Sprache',
  testMode: 'Testmodus. Es fließt kein echtes Geld.',
  payTo: (name) => `Zahlung an ${name}`,
  toPay: 'Zu zahlen',
  dueDate: 'Fällig am',
  reference: 'Referenz',
  items: 'Dafür bezahlen Sie',
  description: 'Beschreibung',
  amount: 'Betrag',
  total: 'Summe',
  includingVat: (percent) => `darin MwSt. ${percent}`,
  chooseMethod: 'Wie möchten Sie bezahlen?',
  payBy: {
    card: (amount) => `${amount} mit Karte bezahlen`,
    swish: (amount) => `${amount} mit Swish bezahlen`,
    dummy: (amount) => `${amount} zum Test bezahlen`,
  },
  methodNote: {
    card: 'Ihre Kartendaten geben Sie auf der sicheren Seite des Zahlungsdienstleisters ein.',
    swish: 'Sie geben die Zahlung in der Swish-App frei.',
    dummy: 'Wird sofort genehmigt. Nur zum Testen.',
  },
  methodName: { card: 'Karte', swish: 'Swish', dummy: 'Testzahlung' },
  noMethod: 'Dieser Link kann nicht online bezahlt werden. Bitte wenden Sie sich an den Verkäufer.',
  keepCard: {
    single: {
      ask: (name) => `Meine Karte für spätere Zahlungen an ${name} speichern.`,
      tell: (name) => `Ihre Karte wird für spätere Zahlungen an ${name} gespeichert, wie vereinbart.`,
    },
    series: {
      ask: (name) => `Meine Karte speichern; ${name} darf sie für meinen Plan bei Fälligkeit belasten.`,
      tell: (name) =>
        `Ihre Karte wird gespeichert, und ${name} belastet sie für Ihren Plan bei Fälligkeit, wie vereinbart.`,
    },
  },
  problem: {
    declined: {
      title: 'Die Zahlung wurde abgelehnt',
      text: 'Es wurde nichts abgebucht. Sie können es noch einmal versuchen, mit einer anderen Karte oder auf anderem Weg.',
    },
    cancelled: {
      title: 'Die Zahlung wurde abgebrochen',
      text: 'Es wurde nichts abgebucht. Sie können bezahlen, wann immer es Ihnen passt.',
    },
    unavailable: {
      title: 'Die Zahlung konnte nicht gestartet werden',
      text: 'Es wurde nichts abgebucht. Bitte versuchen Sie es gleich noch einmal.',
    },
  },
  backTo: (name) => `Zurück zu ${name}`,
  pending: {
    title: 'Wir bestätigen Ihre Zahlung',
    text: 'Das dauert meist nur wenige Sekunden. Bitte bezahlen Sie nicht noch einmal.',
    mayClose:
      'Sie können diese Seite schließen. Öffnen Sie den Link jederzeit wieder, um zu sehen, wie es ausgegangen ist.',
    stillWaiting: 'Es dauert länger als gewöhnlich. Wir prüfen weiter, und Sie bezahlen nicht zweimal.',
    checkAgain: 'Jetzt prüfen',
    begun: {
      title: 'Sie haben eine Zahlung begonnen',
      text: 'Machen Sie dort weiter, wo Sie aufgehört haben. Sind Sie schon fertig, erscheint das Ergebnis hier von selbst.',
      continue: 'Zahlung fortsetzen',
    },
  },
  swish: {
    title: 'Zahlung in Swish freigeben',
    text: 'Öffnen Sie Swish auf Ihrem Telefon und geben Sie die Zahlung frei. Das Ergebnis erscheint hier von selbst.',
    openApp: 'Swish öffnen',
    scan: 'Scannen Sie den Code mit der Swish-App auf Ihrem Telefon.',
    code: 'Code zum Scannen mit Swish',
    phone: 'Mobilnummer für Swish (freiwillig)',
    phoneNote: 'Lassen Sie das Feld leer, um stattdessen einen Code zu scannen.',
    phoneProblem: 'Das ist keine Mobilnummer. Bitte prüfen Sie sie, oder lassen Sie das Feld leer.',
    cancel: 'Auf andere Weise bezahlen',
  },
  paid: {
    title: 'Danke, Ihre Zahlung ist abgeschlossen',
    text: (name) => `${name} wurde mitgeteilt, dass Sie bezahlt haben.`,
  },
  receipt: {
    title: 'Quittung',
    items: 'Dafür haben Sie bezahlt',
    number: 'Quittungsnummer',
    paidAt: 'Bezahlt am',
    method: 'Zahlungsart',
    seller: 'Verkäufer',
    organizationNumber: 'Unternehmensnummer',
    download: 'Quittung herunterladen (PDF)',
    quantity: 'Menge',
    unitPrice: 'Einzelpreis',
    vat: 'MwSt.',
    vatSummary: 'MwSt.-Aufstellung',
    net: 'Netto',
    gross: 'Brutto',
    testMode: 'Test: keine gültige Quittung',
    page: (page, pages) => `Seite ${page} von ${pages}`,
  },
  expired: {
    title: 'Dieser Zahlungslink ist abgelaufen',
    text: (name) => `Er kann nicht mehr bezahlt werden. Bitten Sie um einen neuen Link: ${name}.`,
  },
  cancelled: {
    title: 'Dieser Zahlungslink wurde zurückgezogen',
    text: (name) => `Sie müssen hier nichts bezahlen. Bei Fragen wenden Sie sich bitte an: ${name}.`,
  },
  reminders: {
    link: 'Erinnerungen',
    title: 'Zahlungserinnerungen',
    text: (name) =>
      `${name} erinnert Sie, wenn eine Rechnung zu bezahlen ist. Sie können die Erinnerungen für alle Rechnungen von dort abschalten. An der Rechnung selbst ändert das nichts.`,
    turnOff: 'Erinnerungen abschalten',
    offTitle: 'Die Erinnerungen sind abgeschaltet',
    offText: (name) =>
      `${name} schickt Ihnen keine Erinnerungen mehr. Neue Rechnungen können Sie weiterhin bekommen.`,
    turnOn: 'Erinnerungen wieder einschalten',
    toBill: 'Zur Rechnung',
  },
  unknownLink: {
    title: 'Wir finden diesen Zahlungslink nicht',
    text: 'Prüfen Sie, ob die ganze Adresse aus der Nachricht übernommen wurde, oder bitten Sie den Absender um einen neuen Link.',
  },
  trouble: {
    title: 'Bei uns ist etwas schiefgegangen',
    text: 'Bitte versuchen Sie es gleich noch einmal. Wenn Sie gerade bezahlt haben, öffnen Sie Ihren Link wieder und sehen Sie nach, wie es ausgegangen ist, bevor Sie noch einmal bezahlen.',
  },
};
