import { toBuffer } from 'qrcode';
import { renderCode } from '#web/checkout/render-code.ts';
import type { CodeWish } from './swish-parameters.ts';

/**
 * What a tenant needs to have a Swish payment approved (facts A7): what opens the app, its token, and the code to scan
 * where one is wished for, as SVG text or as base64 of PNG.
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
  const light = transparent ? '#ffffff00' : '#ffffffff';
  const options = { type: 'png', width: size, margin: border, color: { light } } as const;
  return (await toBuffer(text, { ...options, errorCorrectionLevel: 'M' })).toString('base64');
}
