// Takes screenshots of a built book, opened from its files: no server is needed, and no request leaves the machine.
// One picture for each page, width and theme, named PAGE-WIDTH-THEME.png.

import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { pathToFileURL } from "node:url";

const HELP = `Usage: scripts/screenshots [BOOK] [options]

BOOK              folder of the built book (default: book)
-o, --out DIR     where the pictures go (default: target/screenshots)
-p, --page NAME   a page, as in 03-one-front-door; may be repeated (default: index)
-w, --width N     width in pixels; may be repeated (default: 1320, 800 and 360)
-t, --theme NAME  light or dark; may be repeated (default: both)
    --full        the whole page, not only its first screen
    --readme      the home page, 1320 wide, as docs/screenshot-light.png and docs/screenshot-dark.png

CHROMIUM names the browser when it is not at one of the usual places.`;

const OPTIONS = {
  out: { type: "string", short: "o" },
  page: { type: "string", short: "p", multiple: true, default: ["index"] },
  width: { type: "string", short: "w", multiple: true, default: ["1320", "800", "360"] },
  theme: { type: "string", short: "t", multiple: true, default: ["light", "dark"] },
  full: { type: "boolean", default: false },
  readme: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
};

// Heights of the screens that are about this wide.
const heightFor = (width) => (width <= 480 ? 740 : 900);

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

class Problem extends Error {}

function findChromium() {
  const named = process.env.CHROMIUM;
  if (named && !existsSync(named)) throw new Problem(`CHROMIUM names ${named}, which is not there`);
  const found = named ?? USUAL_PLACES.find((place) => existsSync(place));
  if (!found) throw new Problem("Chromium is missing: install it, or name it with CHROMIUM=/path/to/chromium");
  return found;
}

function readArguments() {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (positionals.length > 1) throw new Problem(`one book at a time, not ${positionals.join(" and ")}`);
  const widths = values.width.map(Number);
  const wrongWidth = values.width.find((width, index) => !(Number.isInteger(widths[index]) && widths[index] >= 200));
  if (wrongWidth !== undefined) throw new Problem(`--width ${wrongWidth}: a whole number of pixels, 200 or more`);
  const wrongTheme = values.theme.find((theme) => !["light", "dark"].includes(theme));
  if (wrongTheme !== undefined) throw new Problem(`--theme ${wrongTheme}: light or dark`);
  return { ...values, widths, book: resolve(positionals[0] ?? "book") };
}

// A list of { page, width, theme, file }.
function listPictures(args) {
  if (args.readme) {
    const out = resolve(args.out ?? "docs");
    return args.theme.map((theme) => ({ page: "index", width: 1320, theme, file: join(out, `screenshot-${theme}.png`) }));
  }
  const out = resolve(args.out ?? "target/screenshots");
  const name = (page, width, theme) => join(out, `${page.replaceAll("/", "-")}-${width}-${theme}.png`);
  return args.page
    .map((page) => page.replace(/\.html$/, ""))
    .flatMap((page) => args.widths.flatMap((width) => args.theme.map((theme) => ({ page, width, theme, file: name(page, width, theme) }))));
}

function checkPages(pictures, book) {
  if (!existsSync(book)) throw new Problem(`${book} is missing: build the book first (cargo run --release -- build)`);
  for (const { page } of pictures) {
    if (!existsSync(join(book, `${page}.html`))) throw new Problem(`${join(book, page)}.html is missing: is --page right?`);
  }
}

async function takePicture(browser, picture, { book, full }) {
  const { page: pageName, width, theme, file } = picture;
  const viewport = { width, height: heightFor(width) };
  const context = await browser.newContext({ viewport, colorScheme: theme, reducedMotion: "reduce" });
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.goto(pathToFileURL(join(book, `${pageName}.html`)).href);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: file, fullPage: full });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overflow > 0) complaints.push(`the page is ${overflow} px wider than the screen`);
  await context.close();
  return complaints;
}

async function main() {
  if (process.argv.some((argument) => argument === "--help" || argument === "-h")) return console.log(HELP);
  const args = readArguments();
  const pictures = listPictures(args);
  checkPages(pictures, args.book);
  const executablePath = findChromium();
  const { chromium } = await import("playwright-core");
  // A profile of its own, gone afterwards: nothing of an earlier run can show in the pictures.
  const profile = mkdtempSync(join(tmpdir(), "screenshots-"));
  const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS, env: { ...process.env, HOME: profile } });
  try {
    for (const picture of pictures) {
      mkdirSync(join(picture.file, ".."), { recursive: true });
      const complaints = await takePicture(browser, picture, args);
      console.log(picture.file);
      for (const complaint of complaints) console.error(`  ${picture.page}, ${picture.width} px, ${picture.theme}: ${complaint}`);
    }
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

main().catch((error) => {
  const isOurs = error instanceof Problem || error.code?.startsWith("ERR_PARSE_ARGS");
  console.error(`screenshots: ${isOurs ? error.message : error.stack}`);
  process.exitCode = 1;
});
