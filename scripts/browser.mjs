// The browser that screenshots and browser tests share: an installed Chromium, driven by playwright-core.
// Both packages come from npm, by `npm ci --prefix scripts`; neither fetches a browser.

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

// The first ones let root run it (CI is root); the others keep it from looking for the network.
const BROWSER_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--hide-scrollbars",
];

/** What this machine lacks; the message says how to get it. */
export class Missing extends Error {}

function findChromium() {
  const named = process.env.CHROMIUM;
  if (named && !existsSync(named)) throw new Missing(`CHROMIUM names ${named}, which is not there`);
  const found = named ?? USUAL_PLACES.find((place) => existsSync(place));
  if (!found) throw new Missing("Chromium is missing: install it, or name it with CHROMIUM=/path/to/chromium");
  return found;
}

function find(name) {
  try {
    return createRequire(import.meta.url).resolve(name);
  } catch {
    throw new Missing(`${name.split("/")[0]} is missing: run npm ci --prefix scripts`);
  }
}

/** Throws a `Missing` when the browser or a package is not there. */
export function findAll() {
  findChromium();
  find("playwright-core");
  find("axe-core/axe.min.js");
}

/** The text of axe's script. */
export const axeSource = () => readFileSync(find("axe-core/axe.min.js"), "utf8");

/** Starts the browser: `browser`, and `close()`, which also removes its files. */
export async function launch() {
  const executablePath = findChromium();
  find("playwright-core");
  const { chromium } = await import("playwright-core");
  // A home of its own, gone afterwards: nothing of an earlier run can show.
  const home = mkdtempSync(join(tmpdir(), "labbook-browser-"));
  const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS, env: { ...process.env, HOME: home } });
  const close = async () => {
    await browser.close();
    rmSync(home, { recursive: true, force: true });
  };
  return { browser, close };
}
