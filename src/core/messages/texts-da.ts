import type { MessageTexts } from './texts.ts';

export const da: MessageTexts = {
  invitation: {
    sms: '{supplier}: betal {amount} her: {link}',
    subject: 'Betaling til {supplier}',
    email: `Hej,

{supplier} beder dig betale {amount}.
Betal senest {dueDate}.

Betal her:
{link}

Venlig hilsen
{supplier}`,
  },
  reminder: {
    sms: '{supplier}: påmindelse, {amount} skal betales senest {dueDate}: {link}',
    subject: 'Påmindelse: betaling til {supplier}',
    email: `Hej,

Dette er en påmindelse om at betale {amount} til {supplier} senest {dueDate}.

Betal her:
{link}

Har du lige betalt, behøver du ikke gøre noget.

Venlig hilsen
{supplier}`,
  },
  overdue: {
    sms: '{supplier}: {amount} skulle have været betalt {dueDate}. Betal her: {link}',
    subject: 'Forfalden betaling til {supplier}',
    email: `Hej,

Vi har endnu ikke set din betaling på {amount} til {supplier}. Den skulle have været betalt {dueDate}.

Betal her:
{link}

Har du lige betalt, behøver du ikke gøre noget.

Venlig hilsen
{supplier}`,
  },
  turnOff: 'Vil du ikke have flere påmindelser? Slå dem fra her:',
};
