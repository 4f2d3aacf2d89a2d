import type { MessageTexts } from './texts.ts';

export const nb: MessageTexts = {
  invitation: {
    sms: '{supplier}: betal {amount} her: {link}',
    subject: 'Betaling til {supplier}',
    email: `Hei,

{supplier} ber deg betale {amount}.
Betal senest {dueDate}.

Betal her:
{link}

Vennlig hilsen
{supplier}`,
  },
  reminder: {
    sms: '{supplier}: påminnelse, {amount} skal betales senest {dueDate}: {link}',
    subject: 'Påminnelse: betaling til {supplier}',
    email: `Hei,

Dette er en påminnelse om å betale {amount} til {supplier} senest {dueDate}.

Betal her:
{link}

Har du betalt nylig, trenger du ikke å gjøre noe.

Vennlig hilsen
{supplier}`,
  },
  overdue: {
    sms: '{supplier}: {amount} skulle vært betalt {dueDate}. Betal her: {link}',
    subject: 'Forfalt betaling til {supplier}',
    email: `Hei,

Vi har ennå ikke sett betalingen din på {amount} til {supplier}. Den skulle vært betalt {dueDate}.

Betal her:
{link}

Har du betalt nylig, trenger du ikke å gjøre noe.

Vennlig hilsen
{supplier}`,
  },
  turnOff: 'Vil du ikke ha flere påminnelser? Slå dem av her:',
};
