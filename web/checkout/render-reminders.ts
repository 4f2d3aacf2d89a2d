import { type Html, html } from './html.ts';
import { renderLinkPage } from './link-page.ts';
import { textsOf } from './texts.ts';
import type { RemindersView } from './view.ts';

/** The page on which a payer turns reminders off. Looking at it changes nothing: mail programs look at every link. */
export function renderReminders(view: RemindersView): Html {
  const { reminders } = textsOf(view.language);
  const title = view.wanted ? reminders.title : reminders.offTitle;
  const text = view.wanted ? reminders.text : reminders.offText;
  return renderLinkPage(view, {
    title,
    main: html`<h1>${title}</h1>
<p>${text(view.brand.name)}</p>
<form method="post" action="${view.urls.page}">
<button type="submit" name="reminders" value="${view.wanted ? 'off' : 'on'}">${view.wanted ? reminders.turnOff : reminders.turnOn}</button>
</form>
<p><a href="${view.billUrl}">${reminders.toBill}</a></p>`,
  });
}
