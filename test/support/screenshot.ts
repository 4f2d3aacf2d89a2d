import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const directory = join(tmpdir(), 'quittance-screenshots');

/** Saves the whole page as a picture in the temporary directory, for a person to look at, and answers where. */
export async function takeScreenshot(page: Page, name: string): Promise<string> {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `${name}.png`);
  await page.screenshot({ path, fullPage: true, animations: 'disabled' });
  return path;
}
