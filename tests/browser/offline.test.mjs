// After a first visit the book is there without a network: the same reading, with the server gone.

import assert from "node:assert/strict";
import { LIGHT, ground } from "./grounds.mjs";
import { browserTest, published } from "./harness.mjs";
import { readingPart } from "./reading.mjs";

/** A reader who has visited the first page once, and whose network then was cut. */
async function cutOff(reader) {
  const site = await published();
  const visitor = await reader(site);
  await visitor.goes("index.html");
  await visitor.until("the service worker is ready", () => navigator.serviceWorker.ready.then(() => true));
  await site.stop();
  // What the browser says of a network that is not there.
  visitor.forgive(/net::ERR_(CONNECTION_REFUSED|INTERNET_DISCONNECTED|FAILED)/);
  return visitor;
}

for (const [title, step] of readingPart) {
  browserTest(`offline: ${title}`, async ({ reader }) => step(await cutOff(reader)));
}

browserTest("offline: loading anew shows the page again, with its styles and figures", async ({ reader }) => {
  const visitor = await cutOff(reader);
  await visitor.goes("05-closer-to-the-reader.html");
  await visitor.page.reload();
  await visitor.sees("main h1", "Closer to the reader");
  await visitor.sees("main .figure svg");
  assert.equal(await visitor.asks(ground), LIGHT);
  const fonts = await visitor.asks(() => document.fonts.ready.then((all) => [...all].filter((each) => each.status === "error").length));
  assert.equal(fonts, 0);
});

browserTest("offline: the first address without a file name works, too", async ({ reader }) => {
  const visitor = await cutOff(reader);
  await visitor.goes("");
  await visitor.sees("main h1");
  await visitor.sees(".card");
});
