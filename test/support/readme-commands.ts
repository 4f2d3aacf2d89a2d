/** The `sh` blocks under one heading of a markdown page, in order, as a reader would paste them. */
export function shellBlocksUnder(markdown: string, heading: string): string[] {
  const blocks: string[] = [];
  let depth = 0;
  let open: { language: string; lines: string[] } | undefined;
  for (const line of markdown.split('\n')) {
    const fence = /^```(\w*)\s*$/.exec(line);
    if (open !== undefined && fence !== null) {
      if (depth > 0 && open.language === 'sh') blocks.push(open.lines.join('\n'));
      open = undefined;
    } else if (open !== undefined) open.lines.push(line);
    else if (fence !== null) open = { language: fence[1] ?? '', lines: [] };
    else depth = depthAfter(line, heading, depth);
  }
  return blocks;
}

/** The level of the wanted heading while we are under it, 0 otherwise. */
function depthAfter(line: string, heading: string, depth: number): number {
  const [, marks, title] = /^(#+) (.*)$/.exec(line) ?? [];
  if (marks === undefined || title === undefined) return depth;
  if (title.trim().toLowerCase() === heading.toLowerCase()) return marks.length;
  return marks.length <= depth ? 0 : depth;
}
