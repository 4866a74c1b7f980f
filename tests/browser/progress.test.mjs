// What the browser remembers of a reader, besides what reading.mjs goes through.

import assert from "node:assert/strict";
import { browserTest, published } from "./harness.mjs";

browserTest("a short chapter counts as finished at once, a long one at its end", async ({ reader }) => {
  const visitor = await reader(await published("pieces"));
  await visitor.goes("part/long.html");
  await visitor.sees('.chapters a[data-path="part/long.html"]');
  assert.equal(await visitor.page.locator(".chapters .dot").count(), 0);
  await visitor.goes("part/short.html");
  await visitor.sees('.chapters a[data-path="part/short.html"] .dot');
  await visitor.page.reload();
  await visitor.sees('.chapters a[data-path="part/short.html"] .dot');
  await visitor.goes("part/long.html");
  await visitor.presses("End");
  await visitor.sees('.chapters a[data-path="part/long.html"] .dot');
});

browserTest("a checklist keeps its boxes", async ({ reader }) => {
  const visitor = await reader(await published("pieces"));
  await visitor.goes("questions.html");
  await visitor.page.getByLabel("Another thing").check();
  await visitor.page.reload();
  assert.ok(await visitor.page.getByLabel("Another thing").isChecked());
  assert.ok(!(await visitor.page.getByLabel("One thing").isChecked()));
});

browserTest("a quiz tells right from wrong and counts", async ({ reader }) => {
  const visitor = await reader(await published("pieces"));
  await visitor.goes("questions.html");
  const quiz = visitor.page.locator("#quiz-quiz");
  const check = quiz.getByRole("button", { name: "Check" });
  assert.ok(await check.first().isDisabled());
  await quiz.getByLabel("1 > 2").check();
  await check.first().click();
  await visitor.sees("#quiz-quiz .verdict", "Not quite.");
  await quiz.getByLabel("2 > 1").check();
  await check.first().click();
  await visitor.sees("#quiz-quiz .verdict", "Right.");
  await quiz.getByLabel("Your answer").fill(" Two ");
  await check.last().click();
  await visitor.sees(".score", "2 of 2 right.");
});

browserTest("a book's memory has the book's name, for hosts with several books", async ({ reader }) => {
  const visitor = await reader(await published("pieces"));
  await visitor.goes("part/short.html");
  await visitor.sees('.chapters a[data-path="part/short.html"] .dot');
  const { book, keys } = await visitor.asks(() => ({ book: document.documentElement.dataset.book, keys: Object.keys(localStorage) }));
  assert.ok(book.length > 0 && keys.length > 0);
  for (const key of keys) assert.ok(key.startsWith(`labbook.${book}.`), key);
});
