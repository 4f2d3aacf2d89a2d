import { locales } from '#kit/language.ts';
import type { Texts } from './texts.ts';

export const en: Texts = {
  locale: locales.en,
  languageName: 'English',
  language: 'Language',
  testMode: 'Test mode. No real money moves.',
  payTo: (name) => `Pay ${name}`,
  toPay: 'To pay',
  dueDate: 'Due date',
  reference: 'Reference',
  items: 'What you are paying for',
  description: 'Description',
  amount: 'Amount',
  total: 'Total',
  includingVat: (percent) => `of which VAT ${percent}`,
  chooseMethod: 'How do you want to pay?',
  payBy: {
    card: (amount) => `Pay ${amount} by card`,
    swish: (amount) => `Pay ${amount} with Swish`,
    dummy: (amount) => `Pay ${amount} as a test`,
  },
  methodNote: {
    card: 'You enter your card details on the payment provider’s secure page.',
    swish: 'You approve the payment in the Swish app.',
    dummy: 'Approved at once. For testing only.',
  },
  methodName: { card: 'Card', swish: 'Swish', dummy: 'Test payment' },
  noMethod: 'There is no way to pay this link online. Please contact the seller.',
  keepCard: {
    single: {
      ask: (name) => `Save my card for later payments to ${name}.`,
      tell: (name) => `Your card is saved for later payments to ${name}, as you have agreed with them.`,
    },
    series: {
      ask: (name) => `Save my card, and let ${name} charge it for my plan when it falls due.`,
      tell: (name) =>
        `Your card is saved, and ${name} charges it for your plan when it falls due, as you have agreed with them.`,
    },
  },
  problem: {
    declined: {
      title: 'The payment did not go through',
      text: 'No money has been taken. You can try again, with another card or another way to pay.',
    },
    cancelled: {
      title: 'The payment was cancelled',
      text: 'No money has been taken. You can pay whenever you are ready.',
    },
    unavailable: {
      title: 'We could not start the payment',
      text: 'No money has been taken. Please try again in a moment.',
    },
  },
  backTo: (name) => `Back to ${name}`,
  pending: {
    title: 'We are confirming your payment',
    text: 'This usually takes a few seconds. Please do not pay again.',
    mayClose: 'You may close this page. Open the link again at any time to see how the payment went.',
    stillWaiting: 'It is taking longer than usual. We keep checking, and you will not be charged twice.',
    checkAgain: 'Check now',
    begun: {
      title: 'You have a payment under way',
      text: 'Continue where you left off. If you have already finished it, the result shows here by itself.',
      continue: 'Continue the payment',
    },
  },
  swish: {
    title: 'Approve the payment in Swish',
    text: 'Open Swish on your phone and approve. This page shows the result by itself.',
    openApp: 'Open Swish',
    scan: 'Scan the code with the Swish app on your phone.',
    code: 'Code to scan with Swish',
    phone: 'Mobile number for Swish (optional)',
    phoneNote: 'Leave it empty to scan a code instead.',
    phoneProblem: 'This is not a mobile number. Please check it, or leave the field empty.',
    cancel: 'Pay another way',
  },
  paid: {
    title: 'Thank you, your payment is complete',
    text: (name) => `${name} has been told that you have paid.`,
  },
  receipt: {
    title: 'Receipt',
    items: 'What you paid for',
    number: 'Receipt number',
    paidAt: 'Paid',
    method: 'Paid by',
    seller: 'Seller',
    organizationNumber: 'Organisation number',
    download: 'Download receipt (PDF)',
    quantity: 'Quantity',
    unitPrice: 'Price each',
    vat: 'VAT',
    vatSummary: 'VAT summary',
    net: 'Excluding VAT',
    gross: 'Including VAT',
    testMode: 'Test: not a valid receipt',
    page: (page, pages) => `Page ${page} of ${pages}`,
  },
  expired: {
    title: 'This payment link has expired',
    text: (name) => `It can no longer be paid. Please ask ${name} for a new link.`,
  },
  cancelled: {
    title: 'This payment link has been withdrawn',
    text: (name) => `You do not need to pay anything here. If you have questions, please contact ${name}.`,
  },
  reminders: {
    link: 'Reminders',
    title: 'Payment reminders',
    text: (name) =>
      `${name} reminds you when a bill is to be paid. You can turn the reminders off for all bills from there. The bill itself does not change.`,
    turnOff: 'Turn off reminders',
    offTitle: 'Reminders are turned off',
    offText: (name) => `${name} will not send you any more reminders. You can still be sent new bills.`,
    turnOn: 'Turn reminders on again',
    toBill: 'To the bill',
  },
  unknownLink: {
    title: 'We cannot find this payment link',
    text: 'Check that the whole address came along from your message, or ask the sender for a new link.',
  },
  trouble: {
    title: 'Something went wrong on our side',
    text: 'Please try again in a moment. If you have just paid, open your link again and see how it went before you pay once more.',
  },
};
