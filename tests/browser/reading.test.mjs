// Reading the published book: node --test tests/browser/reading.test.mjs

import { browserTest, published } from "./harness.mjs";
import { readingPart } from "./reading.mjs";

for (const [title, step] of readingPart) {
  browserTest(`on the web: ${title}`, async ({ reader }) => step(await reader(await published())));
}
