import type { MessageTexts } from './texts.ts';

export const sv: MessageTexts = {
  invitation: {
    sms: '{supplier}: betala {amount} här: {link}',
    subject: 'Betalning till {supplier}',
    email: `Hej,

{supplier} ber dig betala {amount}.
Betala senast {dueDate}.

Betala här:
{link}

Vänliga hälsningar
{supplier}`,
  },
  reminder: {
    sms: '{supplier}: påminnelse, {amount} ska betalas senast {dueDate}: {link}',
    subject: 'Påminnelse: betalning till {supplier}',
    email: `Hej,

Det här är en påminnelse om att betala {amount} till {supplier} senast {dueDate}.

Betala här:
{link}

Har du betalat nyligen behöver du inte göra något.

Vänliga hälsningar
{supplier}`,
  },
  overdue: {
    sms: '{supplier}: {amount} skulle ha betalats {dueDate}. Betala här: {link}',
    subject: 'Förfallen betalning till {supplier}',
    email: `Hej,

Vi har ännu inte sett din betalning av {amount} till {supplier}. Den skulle ha betalats {dueDate}.

Betala här:
{link}

Har du betalat nyligen behöver du inte göra något.

Vänliga hälsningar
{supplier}`,
  },
  turnOff: 'Vill du inte ha fler påminnelser? Stäng av dem här:',
};
