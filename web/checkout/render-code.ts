import { create } from 'qrcode';

/** White modules around the code: less is hard to find for some cameras. */
const usualBorder = 4;

/** A text as a QR code in SVG, black on white or on nothing. `size` is in pixels, `border` in modules. */
export function renderCode(
  text: string,
  { size, border = usualBorder, transparent = false }: CodeOptions,
): string {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const width = modules.size + 2 * border;
  const dark = Array.from(modules.data.entries())
    .filter(([, isDark]) => isDark === 1)
    .map(([at]) => `M${(at % modules.size) + border} ${Math.floor(at / modules.size) + border}h1v1h-1z`);
  const ground = transparent ? '' : `<path fill="#fff" d="M0 0h${width}v${width}H0z"/>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${width} ${width}" ` +
    `shape-rendering="crispEdges">${ground}<path d="${dark.join('')}"/></svg>`
  );
}

export interface CodeOptions {
  readonly size: number;
  readonly border?: number;
  readonly transparent?: boolean;
}
