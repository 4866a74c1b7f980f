// Takes screenshots of a built book, opened from its files: no server is needed, and no request leaves the machine.
// One picture for each page, width, theme and thing to open, named PAGE-WIDTH-THEME.png or PAGE-WIDTH-THEME-OPEN.png.

import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { pathToFileURL } from "node:url";
import { Missing, launch } from "./browser.mjs";

const HELP = `Usage: scripts/screenshots [BOOK] [options]

BOOK              folder of the built book (default: book), or an address, as labbook serve prints it
-o, --out DIR     where the pictures go (default: target/screenshots)
-p, --page NAME   a page, as in 03-one-front-door; may be repeated (default: index)
-w, --width N     width in pixels; may be repeated (default: 1320, 800 and 360)
-t, --theme NAME  light or dark; may be repeated (default: both)
    --open NAME   what to open over the page: search, drawer (800 px and less), help, or problems (what labbook serve
                  shows of a broken book: wants an address); print is the page as on paper; may be repeated
-q, --query TEXT  what to search for (default: round robin)
    --full        the whole page, not only its first screen
    --readme      the home page, 1320 wide, as docs/screenshot-light.png and docs/screenshot-dark.png

CHROMIUM names the browser when it is not at one of the usual places.`;

const OPTIONS = {
  out: { type: "string", short: "o" },
  page: { type: "string", short: "p", multiple: true, default: ["index"] },
  width: { type: "string", short: "w", multiple: true, default: ["1320", "800", "360"] },
  theme: { type: "string", short: "t", multiple: true, default: ["light", "dark"] },
  open: { type: "string", multiple: true, default: [] },
  query: { type: "string", short: "q", default: "round robin" },
  full: { type: "boolean", default: false },
  readme: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
};

/** How each thing is opened, once the page has been loaded. */
const OPENERS = {
  async search(page, { query }) {
    await page.keyboard.press("/");
    await page.locator(".search-input").fill(query);
    // The first result's words, or that there is none.
    const words = page.locator(".search-results li:first-child .search-teaser").filter({ hasText: /./ });
    await words.or(page.locator(".search-status", { hasText: "Nothing" })).first().waitFor();
  },
  drawer: (page) => page.locator(".menu-button").click(),
  async help(page) {
    await page.keyboard.press("?");
    await page.locator("dialog.help[open]").waitFor();
  },
  problems: (page) => page.locator(".live-problems").waitFor(),
  print: (page) => page.emulateMedia({ media: "print" }),
};

/** The widest window that has a drawer. */
const DRAWER_MAX = 800;

// Heights of the screens that are about this wide.
const heightFor = (width) => (width <= 480 ? 740 : 900);

class Problem extends Error {}

function readArguments() {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  if (positionals.length > 1) throw new Problem(`one book at a time, not ${positionals.join(" and ")}`);
  const widths = values.width.map(Number);
  const wrongWidth = values.width.find((width, index) => !(Number.isInteger(widths[index]) && widths[index] >= 200));
  if (wrongWidth !== undefined) throw new Problem(`--width ${wrongWidth}: a whole number of pixels, 200 or more`);
  const wrongTheme = values.theme.find((theme) => !["light", "dark"].includes(theme));
  if (wrongTheme !== undefined) throw new Problem(`--theme ${wrongTheme}: light or dark`);
  const wrongOpen = values.open.find((name) => !Object.hasOwn(OPENERS, name));
  if (wrongOpen !== undefined) throw new Problem(`--open ${wrongOpen}: one of ${Object.keys(OPENERS).join(", ")}`);
  const book = positionals[0] ?? "book";
  const isAddress = /^https?:/.test(book);
  if (values.open.includes("problems") && !isAddress) throw new Problem("--open problems: wants the address that labbook serve prints");
  return { ...values, widths, isAddress, book: isAddress ? book.replace(/\/?$/, "/") : resolve(book) };
}

// A list of { page, width, theme, open, file }.
function listPictures(args) {
  if (args.readme) {
    const out = resolve(args.out ?? "docs");
    return args.theme.map((theme) => ({ page: "index", width: 1320, theme, file: join(out, `screenshot-${theme}.png`) }));
  }
  const out = resolve(args.out ?? "target/screenshots");
  const each = (list, make) => list.flatMap(make);
  const states = args.open.length ? args.open : [undefined];
  const pictures = each(args.page, (name) =>
    each(args.widths, (width) =>
      each(args.theme, (theme) =>
        states.map((open) => {
          const page = name.replace(/\.html$/, "");
          const file = [page.replaceAll("/", "-"), width, theme, open].filter(Boolean).join("-");
          return { page, width, theme, open, file: join(out, `${file}.png`) };
        }),
      ),
    ),
  );
  return pictures.filter(({ open, width }) => open !== "drawer" || width <= DRAWER_MAX);
}

function checkPages(pictures, { book, isAddress }) {
  if (isAddress) return;
  if (!existsSync(book)) throw new Problem(`${book} is missing: build the book first (cargo run --release -- build)`);
  for (const { page } of pictures) {
    if (!existsSync(join(book, `${page}.html`))) throw new Problem(`${join(book, page)}.html is missing: is --page right?`);
  }
}

async function takePicture(browser, picture, args) {
  const { page: pageName, width, theme, open, file } = picture;
  const viewport = { width, height: heightFor(width) };
  const context = await browser.newContext({ viewport, colorScheme: theme, reducedMotion: "reduce" });
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  const path = `${pageName}.html`;
  await page.goto(args.isAddress ? args.book + path : pathToFileURL(join(args.book, path)).href);
  if (open) await OPENERS[open](page, args);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: file, fullPage: args.full });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overflow > 0) complaints.push(`the page is ${overflow} px wider than the screen`);
  await context.close();
  return complaints;
}

async function main() {
  if (process.argv.some((argument) => argument === "--help" || argument === "-h")) return console.log(HELP);
  const args = readArguments();
  const pictures = listPictures(args);
  checkPages(pictures, args);
  const { browser, close } = await launch();
  try {
    for (const picture of pictures) {
      mkdirSync(join(picture.file, ".."), { recursive: true });
      const complaints = await takePicture(browser, picture, args);
      console.log(picture.file);
      for (const complaint of complaints) console.error(`  ${picture.page}, ${picture.width} px, ${picture.theme}: ${complaint}`);
    }
  } finally {
    await close();
  }
}

main().catch((error) => {
  const isOurs = error instanceof Problem || error instanceof Missing || error.code?.startsWith("ERR_PARSE_ARGS");
  console.error(`screenshots: ${isOurs ? error.message : error.stack}`);
  process.exitCode = 1;
});
