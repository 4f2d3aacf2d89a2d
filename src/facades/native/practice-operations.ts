/** What the row about a practice system's objects does. */
import type { Readable } from 'node:stream';
import { importPractice } from '#core/practice/import-practice.ts';
import { importPracticeFile } from '#core/practice/import-practice-file.ts';
import type { Route, RouteAnswer, RouteRequest } from '#http/facade.ts';
import { invalid } from '#kit/errors.ts';
import type { PracticeList } from './practice-schemas.ts';
import { type FileMediaType, fileLines } from './read-lines.ts';
import { kindOfList, readPractice } from './read-practice.ts';
import { readPracticeFile } from './read-practice-file.ts';

/** The media types of a file; its lines are read as they arrive. */
export const fileMediaTypes = Object.keys(fileLines) as FileMediaType[];

export const postPracticeImport: Route['handle'] = async (request) => {
  const { core, call, body, headers, query } = request;
  const list = query.objects as PracticeList | undefined;
  const mediaType = fileMediaTypes.find((type) => headers['content-type']?.toLowerCase().startsWith(type));
  if (mediaType !== undefined) return importFile(request, mediaType, list);
  if (list !== undefined)
    throw invalid('objects', 'unknown_field', 'A JSON body names its objects itself: leave objects out.');
  const { result, replayed } = await importPractice(core, call, readPractice(body, call.tenant.country));
  return { body: result, replayed };
};

async function importFile(
  { core, call, body }: RouteRequest,
  mediaType: FileMediaType,
  list: PracticeList | undefined,
): Promise<RouteAnswer> {
  if (list === undefined)
    throw invalid('objects', 'missing_field', 'objects is required: it says what the lines of the file are.');
  const { country } = call.tenant;
  const file = readPracticeFile({ body: body as Readable, mediaType, list, country });
  const { result, replayed } = await importPracticeFile(core, call, file);
  return { body: { [kindOfList[list]]: result }, replayed };
}
