// A nicety only: the server takes two posts of one page as one attempt.
for (const form of document.querySelectorAll('form')) {
  form.addEventListener('submit', (event) => {
    if (document.documentElement.dataset.submitted) return event.preventDefault();
    document.documentElement.dataset.submitted = 'true';
    // After this turn, or the pressed button would not be part of what is sent.
    setTimeout(() => setButtons(true));
  });
}

function setButtons(disabled) {
  for (const button of document.querySelectorAll('button')) button.disabled = disabled;
}

// Back from the processor's page, out of the browser's cache: the buttons must work again.
addEventListener('pageshow', (event) => {
  if (!event.persisted) return;
  delete document.documentElement.dataset.submitted;
  setButtons(false);
});

const waiting = document.querySelector('[data-status]');
if (waiting) follow(waiting.dataset.status, waiting.dataset.page, Number(waiting.dataset.seconds) * 1000);

function follow(statusUrl, pageUrl, intervalMs) {
  const late = waiting.querySelector('[data-late]');
  let asked = 0;
  let timer;

  async function ask() {
    clearTimeout(timer);
    asked += 1;
    if (asked === 8) late.textContent = late.dataset.late;
    try {
      const response = await fetch(statusUrl, { cache: 'no-store', headers: { accept: 'application/json' } });
      if (response.ok && (await response.json()).state !== 'pending') return location.replace(pageUrl);
    } catch {
      // Offline for a moment: the next question may get through.
    }
    timer = setTimeout(ask, intervalMs * Math.min(1 + Math.floor(asked / 15), 5));
  }

  timer = setTimeout(ask, intervalMs);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) ask();
  });
}
