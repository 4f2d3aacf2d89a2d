/** Pictures that strangers chose: what they are is read from their bytes, not from what they are called. */

export interface Picture {
  readonly contentType: PictureType;
  readonly bytes: Buffer;
}

export type PictureType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/svg+xml';

/** First bytes, from the position given (PNG 5.2; JPEG SOI; GIF87a and GIF89a; RIFF container of WebP). */
const signatures: readonly (readonly [PictureType, position: number, hex: string])[] = [
  ['image/png', 0, '89504e470d0a1a0a'],
  ['image/jpeg', 0, 'ffd8ff'],
  ['image/gif', 0, '474946383761'],
  ['image/gif', 0, '474946383961'],
  ['image/webp', 8, '57454250'],
];

/** The picture that the bytes are; undefined where they are none. SVG has no signature: it must say so, and look it. */
export function readPicture(bytes: Buffer, claimedType: string): Picture | undefined {
  const known = signatures.find(([, position, hex]) =>
    bytes
      .subarray(position)
      .toString('hex', 0, hex.length / 2)
      .startsWith(hex),
  );
  if (known !== undefined) return { contentType: known[0], bytes };
  const isSvg = claimedType === 'image/svg+xml' && /<svg[\s>]/.test(bytes.toString('utf8'));
  return isSvg ? { contentType: 'image/svg+xml', bytes } : undefined;
}

const dataPattern = /^data:(image\/[a-z+]{3,10});base64,([A-Za-z0-9+/]+={0,2})$/;

/** The picture in a `data:` URL; undefined where there is none. */
export function readDataUrl(url: string): Picture | undefined {
  const match = dataPattern.exec(url);
  return match === null ? undefined : readPicture(Buffer.from(match[2] ?? '', 'base64'), match[1] ?? '');
}
