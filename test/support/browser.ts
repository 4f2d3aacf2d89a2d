import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * A headless Chromium that comes with `npm ci`: it needs no package of the operating system, no root and no network.
 * Unpacked once (about two seconds), then shared by every test process. Throws on Linux x64 when it cannot start;
 * elsewhere the package has no binary and the error says so.
 */
export async function openBrowser(): Promise<Browser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`browser tests need Linux on x64; this is ${process.platform} on ${process.arch}`);
  }
  const home = await unpackChromium();
  return chromium.launch({
    executablePath: join(home, 'chromium'),
    args: [...quietFlags, ...containerFlags],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: [join(home, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
      FONTCONFIG_PATH: home,
    },
  });
}

/** So that the only requests seen are those of the pages. */
const quietFlags = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
];

/**
 * Those of the package's own flags that a container or root needs. Its others are left out on purpose: they weaken
 * the very rules under test (`--disable-web-security`) or make the browser fall over (`--single-process`).
 */
const containerFlags = [
  '--no-sandbox',
  '--disable-setuid-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
];

/**
 * The package unpacks into the temporary directory and takes any file already there for whole, so two test processes
 * starting together could run half a binary. Hence: unpack aside, in a process of its own with its own temporary
 * directory, and put the result in place by one rename.
 */
async function unpackChromium(): Promise<string> {
  const manifest = readFileSync(join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const home = join(root, 'node_modules', '.cache', `chromium-${version}`);
  if (existsSync(home)) return home;
  await mkdir(dirname(home), { recursive: true });
  const aside = await mkdtemp(`${home}-`);
  const script = "import c from '@sparticuz/chromium'; await c.executablePath()";
  await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: root,
    // The second variable makes the package unpack the shared libraries as well.
    env: { ...process.env, TMPDIR: aside, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' },
  });
  await writeFile(join(aside, 'fonts.conf'), fontsConfiguration(home));
  try {
    await rename(aside, home);
  } catch (error) {
    if (!existsSync(home)) throw error;
    await rm(aside, { recursive: true, force: true });
  }
  return home;
}

function fontsConfiguration(home: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${home}/fonts</dir><cachedir>${home}/fonts-cache</cachedir></fontconfig>
`;
}
