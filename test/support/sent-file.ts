/** A file that a client sends piece by piece, and may stop sending. */
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Answer } from './ping-client.ts';

export interface SentFile {
  /** Resolves once this much has left the client. */
  send(piece: string | Buffer): Promise<void>;
  /** Ends the file and answers what the server says. */
  end(): Promise<Pick<Answer, 'status' | 'body' | 'headers'>>;
  /** Breaks off. */
  breakOff(): void;
}

export function openFile(
  url: string,
  headers: Readonly<Record<string, string>>,
  mediaType = 'text/csv',
): SentFile {
  const sending = request(url, { method: 'POST', headers: { ...headers, 'content-type': mediaType } });
  const answered = new Promise<Awaited<ReturnType<SentFile['end']>>>((resolve, reject) => {
    sending.on('error', reject);
    sending.on('response', (response) => {
      const { statusCode: status = 0, headers: told } = response;
      const answerHeaders = new Headers(Object.entries(told).map(([name, value]) => [name, String(value)]));
      text(response).then(
        (body) =>
          resolve({ status, headers: answerHeaders, body: body === '' ? undefined : JSON.parse(body) }),
        reject,
      );
    });
  });
  // Whoever breaks off asks for no answer.
  answered.catch(() => {});
  return {
    send: (piece) =>
      new Promise((resolve, reject) => sending.write(piece, (error) => (error ? reject(error) : resolve()))),
    end: () => {
      sending.end();
      return answered;
    },
    breakOff: () => sending.destroy(),
  };
}

/** Sends the whole of a file. */
export function sendFile(
  url: string,
  headers: Readonly<Record<string, string>>,
  content: string | Buffer,
  mediaType?: string,
): ReturnType<SentFile['end']> {
  const file = openFile(url, headers, mediaType);
  // What is refused before it has arrived is answered all the same.
  file.send(content).catch(() => {});
  return file.end();
}
