import { randomUUID } from 'node:crypto';

const place = '[<id>]';

/** Whether a request is to differ from the one before. */
export function varies(body: string | undefined): boolean {
  return body?.includes(place) === true;
}

/** The body with a word that it has not had before. */
export function freshBody(body: string | undefined): string | undefined {
  return body?.replace(place, randomUUID());
}
