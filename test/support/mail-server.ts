/** Starts the mail server of `mail-server-process.ts`, and makes this process trust its certificate. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

export interface Letter {
  readonly to: readonly string[];
  readonly letter: string;
  readonly isSecure: boolean;
}

export interface MailServer {
  readonly port: number;
  /** What it has taken, oldest first. */
  readonly letters: readonly Letter[];
  stop(): Promise<void>;
}

const certificate = new URL('../../src/messaging/smtp/fixtures/localhost-cert.pem', import.meta.url);

export async function startMailServer(): Promise<MailServer> {
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(certificate, 'utf8')]);
  const child = fork(new URL('./mail-server-process.ts', import.meta.url), { stdio: 'ignore' });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const letters: Letter[] = [];
  child.on('message', (letter) => letters.push(letter as Letter));
  return {
    port,
    letters,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}
