import type { Brand } from './view.ts';

/**
 * The tenant's colour as a stylesheet of its own, since the policy forbids inline styles. Text on it is black or white,
 * whichever reads better; one of them always has at least 4.58:1. No colour, or anything that is not `#rgb` or
 * `#rrggbb`: an empty stylesheet, and the page keeps its own colour.
 */
export function renderBrandCss(brand: Brand): string {
  const channels = parseColour(brand.colour ?? '');
  if (channels === undefined) return '';
  const colour = `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
  const luminance = relativeLuminance(channels);
  const onBrand = 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? '#fff' : '#000';
  return `:root{--brand:${colour};--on-brand:${onBrand}}\n`;
}

type Channels = readonly [number, number, number];

function parseColour(text: string): Channels | undefined {
  const match = /^#(?:([0-9a-f])([0-9a-f])([0-9a-f])|([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2}))$/i.exec(text);
  if (match === null) return undefined;
  const [, r, g, b, rr, gg, bb] = match;
  const channel = (short: string | undefined, long: string | undefined) =>
    Number.parseInt(short === undefined ? (long ?? '') : short + short, 16);
  return [channel(r, rr), channel(g, gg), channel(b, bb)];
}

/** WCAG 2.2, "relative luminance". */
function relativeLuminance(channels: Channels): number {
  const [red, green, blue] = channels.map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
