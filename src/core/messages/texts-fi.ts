import type { MessageTexts } from './texts.ts';

export const fi: MessageTexts = {
  invitation: {
    sms: '{supplier}: maksa {amount} tästä: {link}',
    subject: 'Maksu: {supplier}',
    email: `Hei,

{supplier} pyytää sinua maksamaan {amount}.
Eräpäivä on {dueDate}.

Maksa tästä:
{link}

Ystävällisin terveisin
{supplier}`,
  },
  reminder: {
    sms: '{supplier}: muistutus, {amount}, eräpäivä {dueDate}: {link}',
    subject: 'Muistutus maksusta: {supplier}',
    email: `Hei,

Muistutamme maksusta: {amount}, saaja {supplier}, eräpäivä {dueDate}.

Maksa tästä:
{link}

Jos olet juuri maksanut, sinun ei tarvitse tehdä mitään.

Ystävällisin terveisin
{supplier}`,
  },
  overdue: {
    sms: '{supplier}: {amount} erääntyi {dueDate}. Maksa tästä: {link}',
    subject: 'Erääntynyt maksu: {supplier}',
    email: `Hei,

Emme ole vielä saaneet maksuasi: {amount}, saaja {supplier}. Eräpäivä oli {dueDate}.

Maksa tästä:
{link}

Jos olet juuri maksanut, sinun ei tarvitse tehdä mitään.

Ystävällisin terveisin
{supplier}`,
  },
  turnOff: 'Etkö halua enää muistutuksia? Poista ne käytöstä tästä:',
};
