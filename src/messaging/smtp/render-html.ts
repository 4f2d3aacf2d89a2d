/**
 * A plain text as simple HTML: paragraphs, line ends and links, and no pictures, styles or requests to anybody. What the
 * text holds stays text.
 */
export function renderHtml(text: string): string {
  const paragraphs = text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.split('\n').map(renderLine).join('<br>\n')}</p>`);
  return `<!doctype html>\n<html>\n<body>\n${paragraphs.join('\n')}\n</body>\n</html>\n`;
}

/** An address stands alone on its line, as our texts have it, or between spaces. */
function renderLine(line: string): string {
  return line
    .split(/(https?:\/\/[^\s<>"']+)/)
    .map((part, index) =>
      index % 2 === 1 ? `<a href="${escapeText(part)}">${escapeText(part)}</a>` : escapeText(part),
    )
    .join('');
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? '');
}
