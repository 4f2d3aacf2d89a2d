import jpeg from 'jpeg-js';
import { create, toBuffer } from 'qrcode';
import { renderCode } from '#web/checkout/render-code.ts';
import type { CodeWish } from './swish-parameters.ts';

/**
 * What a tenant needs to have a Swish payment approved (facts A7): what opens the app, its token, and the code to scan
 * where one is wished for, as SVG text or as base64 of PNG or JPEG.
 */
export async function writeSwish(
  appUrl: string,
  wish: CodeWish | undefined,
): Promise<Record<string, string>> {
  const token = new URL(appUrl).searchParams.get('token') ?? '';
  return {
    url: appUrl,
    payment_request_token: token,
    ...(wish === undefined ? {} : { qr_code: await drawCode(`D${token}`, wish) }),
  };
}

async function drawCode(text: string, { format, size, border }: CodeWish): Promise<string> {
  const transparent = format.startsWith('transparent');
  if (format.endsWith('svg')) return renderCode(text, { size, border, transparent });
  if (format === 'solid_jpg') return drawJpeg(text, { size, border });
  const light = transparent ? '#ffffff00' : '#ffffffff';
  const options = { type: 'png', width: size, margin: border, color: { light } } as const;
  return (await toBuffer(text, { ...options, errorCorrectionLevel: 'M' })).toString('base64');
}

/** Without loss that a camera could see: at full quality the edges of the modules stay where they are. */
function drawJpeg(text: string, { size, border }: Pick<CodeWish, 'size' | 'border'>): string {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const modulesWide = modules.size + 2 * border;
  const moduleOf = (pixel: number) => Math.floor((pixel * modulesWide) / size) - border;
  const isInside = (at: number) => at >= 0 && at < modules.size;
  const data = Buffer.alloc(size * size * 4, 0xff);
  for (let y = 0; y < size; y += 1) {
    const row = moduleOf(y);
    for (let x = 0; x < size; x += 1) {
      const column = moduleOf(x);
      if (isInside(row) && isInside(column) && modules.get(row, column) === 1)
        data.fill(0, (y * size + x) * 4, (y * size + x) * 4 + 3);
    }
  }
  return jpeg.encode({ data, width: size, height: size }, 100).data.toString('base64');
}
