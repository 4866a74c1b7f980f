// What a reader does with our book, in steps that hold wherever it is read: from a server, from the disk, without a network.
// Each step is given a reader (harness.mjs) who has just opened the book's first page, on a wide screen.

import assert from "node:assert/strict";
import { DARK, LIGHT, ground } from "./grounds.mjs";

const CHAPTERS = [
  "index.html", "01-the-narrowest-part.html", "02-up-out-and-forgetful.html", "03-one-front-door.html", "04-answers-already-made.html",
  "05-closer-to-the-reader.html", "06-one-back-room.html", "07-not-while-they-wait.html", "08-tonight-something-is-out.html", "glossary.html",
];

/** Whether the element with this id lies in the window, below whatever covers its upper edge. */
function liesInView(id) {
  const { top, bottom, left } = document.getElementById(id).getBoundingClientRect();
  const middle = document.elementFromPoint(left + 5, (top + bottom) / 2);
  return top >= 0 && bottom <= innerHeight && document.getElementById(id).contains(middle);
}

async function searchForgivesAndLeadsToTheSection(reader) {
  await reader.goes("01-the-narrowest-part.html");
  await reader.presses("/");
  await reader.focusIsOn(".search-input");
  await reader.types("round robbin");
  await reader.sees(".search-heading", "Who gets the next request?");
  await reader.sees(".search-teaser mark", /^round$/i);
  await reader.sees(".search-teaser mark", /^robin$/i);
  await reader.presses("ArrowDown");
  await reader.focusIsOn("li:nth-child(1) > .search-result");
  await reader.presses("ArrowDown", "ArrowUp");
  await reader.focusIsOn("li:nth-child(1) > .search-result");
  await reader.presses("Enter");
  await reader.isAt("03-one-front-door.html#who-gets-the-next-request");
  await reader.until("the section's heading is in view", liesInView, "who-gets-the-next-request");
}

async function enterInTheFieldTakesTheFirstResult(reader) {
  await reader.goes("03-one-front-door.html");
  await reader.presses("s");
  await reader.focusIsOn(".search-input");
  await reader.types("round robin");
  await reader.sees(".search-heading", "Who gets the next request?");
  await reader.presses("Enter");
  await reader.isAt("03-one-front-door.html#who-gets-the-next-request");
  await reader.seesNo(".search");
  await reader.until("the section's heading is in view", liesInView, "who-gets-the-next-request");
}

async function searchClosesAndTheFocusReturns(reader) {
  await reader.goes("02-up-out-and-forgetful.html");
  const button = await reader.sees(".search-button");
  await button.focus();
  await reader.presses("Enter");
  await reader.focusIsOn(".search-input");
  await reader.types("zzzzzz");
  await reader.sees(".search-status", "Nothing found");
  await reader.presses("Escape");
  await reader.seesNo(".search");
  await reader.focusIsOn(".search-button");
  await reader.presses("Tab", "s");
  await reader.focusIsOn(".search-input");
  await reader.presses("Escape");
  await reader.focusIsOn(".theme-toggle");
  await button.click();
  await reader.focusIsOn(".search-input");
  await (await reader.sees(".search-close")).click();
  await reader.seesNo(".search");
}

async function theThemeIsKept(reader) {
  await reader.goes("03-one-front-door.html");
  assert.equal(await reader.asks(ground), LIGHT, "the system is light");
  const button = await reader.sees(".theme-toggle");
  assert.equal(await button.getAttribute("aria-label"), "Theme: automatic");
  await button.click();
  assert.equal(await button.getAttribute("aria-label"), "Theme: dark");
  assert.equal(await reader.asks(ground), DARK);
  await reader.presses("ArrowRight");
  await reader.isAt("04-answers-already-made.html");
  assert.equal(await reader.asks(ground), DARK, "on the next page");
  await reader.page.reload();
  assert.equal(await reader.asks(ground), DARK, "after loading anew");
  await (await reader.sees(".theme-toggle")).click();
  assert.equal(await reader.asks(ground), LIGHT);
  await (await reader.sees(".theme-toggle")).click();
  await reader.sees('.theme-toggle[aria-label="Theme: automatic"]');
}

async function arrowsTurnTheChapters(reader) {
  await reader.goes(CHAPTERS[0]);
  for (const chapter of CHAPTERS.slice(1)) {
    await reader.presses("ArrowRight");
    await reader.isAt(chapter);
  }
  await reader.presses("ArrowRight");
  for (const chapter of CHAPTERS.slice(0, -1).reverse()) {
    await reader.presses("ArrowLeft");
    await reader.isAt(chapter);
  }
}

async function theSkipLinkComesFirst(reader) {
  await reader.goes("03-one-front-door.html");
  await reader.presses("Tab");
  await reader.focusIsOn(".skip-link");
  await reader.sees(".skip-link");
  await reader.presses("Enter");
  await reader.focusIsOn("main");
  await reader.presses("Tab");
  await reader.focusIsOn("main *");
}

async function helpShowsTheKeys(reader) {
  await reader.goes("03-one-front-door.html");
  await (await reader.sees(".brand-name")).focus();
  await reader.presses("?");
  await reader.sees("dialog.help");
  await reader.presses("Escape");
  await reader.seesNo("dialog.help");
  await reader.focusIsOn(".brand-name");
}

async function theDrawerOpensByKeyboard(reader) {
  await reader.page.setViewportSize({ width: 360, height: 740 });
  await reader.goes("03-one-front-door.html");
  await reader.seesNo(".sidebar");
  await (await reader.sees(".menu-button")).focus();
  await reader.presses("Enter");
  await reader.sees(".sidebar");
  await reader.presses("Tab");
  await reader.focusIsOn(".sidebar *");
  await reader.presses("Escape");
  await reader.seesNo(".sidebar");
  await reader.focusIsOn(".menu-button");
  await reader.presses("Enter");
  await reader.sees(".sidebar");
  await reader.page.getByRole("link", { name: "Answers already made" }).first().click();
  await reader.isAt("04-answers-already-made.html");
}

async function finishedChaptersAreMarked(reader) {
  const marked = '.chapters a[data-path="02-up-out-and-forgetful.html"] .dot';
  await reader.goes("02-up-out-and-forgetful.html");
  await reader.seesNo(marked);
  await reader.presses("End");
  await reader.sees(marked);
  await reader.goes("03-one-front-door.html");
  await reader.sees(marked);
  await reader.goes("index.html");
  await reader.sees('.card[data-path="02-up-out-and-forgetful.html"] .dot');
  await reader.sees(".start-done", "1 of 8 chapters finished");
  await reader.sees(".start-link", "Continue with “One front door”");
}

async function aGuessIsKept(reader) {
  await reader.goes("03-one-front-door.html");
  const quiz = reader.page.locator(".prediction").first();
  await quiz.getByLabel("About 1 second").check();
  await quiz.getByRole("button", { name: "Keep my guess" }).click();
  await reader.sees(".verdict", "You guessed otherwise");
  await reader.sees(".answer", "The third server gets");
  await reader.page.reload();
  await reader.sees(".verdict", "You guessed otherwise");
  assert.ok(await quiz.getByLabel("About 1 second").isChecked());
  assert.ok(await quiz.getByLabel("About 1 second").isDisabled());
}

/** The steps, each with its title. */
export const readingPart = [
  ["search forgives a typing error and leads to the section", searchForgivesAndLeadsToTheSection],
  ["Enter in the search field takes the first result, on this page too", enterInTheFieldTakesTheFirstResult],
  ["search closes, and the focus returns", searchClosesAndTheFocusReturns],
  ["the theme is kept from page to page", theThemeIsKept],
  ["arrows turn the chapters, to the end and back", arrowsTurnTheChapters],
  ["the skip link comes first, and leads to the text", theSkipLinkComesFirst],
  ["? shows the keys", helpShowsTheKeys],
  ["on a telephone, the list of chapters is a drawer", theDrawerOpensByKeyboard],
  ["finished chapters are marked", finishedChaptersAreMarked],
  ["a guess is kept", aGuessIsKept],
];
