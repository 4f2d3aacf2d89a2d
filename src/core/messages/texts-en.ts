import type { MessageTexts } from './texts.ts';

export const en: MessageTexts = {
  invitation: {
    sms: '{supplier}: pay {amount} here: {link}',
    subject: 'Payment to {supplier}',
    email: `Hello,

{supplier} asks you to pay {amount}.
Please pay by {dueDate}.

Pay here:
{link}

Kind regards
{supplier}`,
  },
  reminder: {
    sms: '{supplier}: a reminder to pay {amount} by {dueDate}: {link}',
    subject: 'Reminder: payment to {supplier}',
    email: `Hello,

This is a reminder to pay {amount} to {supplier} by {dueDate}.

Pay here:
{link}

If you have just paid, there is nothing more to do.

Kind regards
{supplier}`,
  },
  overdue: {
    sms: '{supplier}: {amount} was due on {dueDate}. Pay here: {link}',
    subject: 'Overdue payment to {supplier}',
    email: `Hello,

We have not yet seen your payment of {amount} to {supplier}. It was due on {dueDate}.

Pay here:
{link}

If you have just paid, there is nothing more to do.

Kind regards
{supplier}`,
  },
  turnOff: 'Do you not want any more reminders? Turn them off here:',
};
