// Headless Chromium with an empty profile that speaks to nobody but the page's own host.

import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import puppeteer from 'puppeteer-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

// Without the `disable-…` flags Chromium looks up hosts of its maker at every start; `no-sandbox`
// because continuous integration runs as root.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
  '--force-color-profile=srgb',
];

/** Runs `use` with a fresh browser and removes its profile afterwards. */
export async function withBrowser(use) {
  const executablePath = process.env.CHROMIUM ?? PLACES.find((place) => existsSync(place));
  if (!executablePath) throw new Error('Chromium is not installed; CHROMIUM may name another place');
  const profile = await mkdtemp(path.join(tmpdir(), 'guidepost-chromium-'));
  const browser = await puppeteer.launch({ executablePath, headless: true, userDataDir: profile, args: FLAGS, protocolTimeout: 60_000 });
  try {
    return await use(browser);
  } finally {
    await browser.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** A new tab in a context of its own (no storage shared with others), closed afterwards. */
export async function withPage(browser, { width = 1280, height = 900, dark = false, forced = false, script = true }, use) {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.setViewport({ width, height });
    await page.setJavaScriptEnabled(script);
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    // puppeteer's own list of media features has no forced-colors
    if (forced) {
      const session = await page.createCDPSession();
      const features = [{ name: 'forced-colors', value: 'active' }, { name: 'prefers-reduced-motion', value: 'reduce' }];
      await session.send('Emulation.setEmulatedMedia', { features });
    }
    return await use(page);
  } finally {
    await context.close();
  }
}
