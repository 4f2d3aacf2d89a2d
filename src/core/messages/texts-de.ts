import type { MessageTexts } from './texts.ts';

export const de: MessageTexts = {
  invitation: {
    sms: '{supplier}: {amount} hier bezahlen: {link}',
    subject: 'Zahlung an {supplier}',
    email: `Guten Tag,

{supplier} bittet Sie um die Zahlung von {amount}.
Bitte bezahlen Sie bis zum {dueDate}.

Hier bezahlen:
{link}

Freundliche Grüße
{supplier}`,
  },
  reminder: {
    sms: '{supplier}: Zur Erinnerung, {amount} bis {dueDate} bezahlen: {link}',
    subject: 'Erinnerung: Zahlung an {supplier}',
    email: `Guten Tag,

wir erinnern Sie an die Zahlung von {amount} an {supplier}, fällig am {dueDate}.

Hier bezahlen:
{link}

Wenn Sie gerade bezahlt haben, müssen Sie nichts weiter tun.

Freundliche Grüße
{supplier}`,
  },
  overdue: {
    sms: '{supplier}: {amount} war am {dueDate} fällig. Hier bezahlen: {link}',
    subject: 'Überfällige Zahlung an {supplier}',
    email: `Guten Tag,

Ihre Zahlung von {amount} an {supplier} ist noch nicht bei uns eingegangen. Sie war am {dueDate} fällig.

Hier bezahlen:
{link}

Wenn Sie gerade bezahlt haben, müssen Sie nichts weiter tun.

Freundliche Grüße
{supplier}`,
  },
  turnOff: 'Sie möchten keine Erinnerungen mehr? Hier abbestellen:',
};
