// What axe finds in a page, and whether it is too wide for its window.

import { axeSource } from "../../scripts/browser.mjs";

/** The rules that a change of colours can break; a theme changes nothing else. */
export const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** What axe finds in the page as it is now, one line for each element; by all rules or only by `rules`. */
export async function barriers(reader, rules) {
  if (!(await reader.asks(() => "axe" in window))) await reader.asks(axeSource());
  const found = await reader.asks(async (runOnly) => {
    const which = runOnly ? { runOnly } : { rules: { "target-size": { enabled: true } } };
    const { violations } = await window.axe.run({ resultTypes: ["violations"], preload: false, ...which });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`));
  }, rules);
  return found.map((line) => line.replace(/\s+/g, " "));
}

/** By how many pixels the page is wider than its window. */
export const overflow = (reader) => reader.asks(() => document.documentElement.scrollWidth - innerWidth);
