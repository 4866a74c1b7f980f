// The content security policy: every page carries it, `serve` sends it, it is in force, and nothing of ours breaks it.
// (A violation anywhere fails the test it happens in: harness.mjs listens, and accessibility.test.mjs visits every page.)

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { browserTest, onDisk, published, serving } from "./harness.mjs";

const RULES = ["default-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"];

const assertRules = (policy, where) => {
  const rules = (policy ?? "").split(";").map((rule) => rule.trim());
  for (const rule of RULES) assert.ok(rules.includes(rule), `${where}: no ${rule} in: ${policy}`);
};

browserTest("serve sends the policy with every page", async ({ reader }) => {
  const site = await serving();
  const visitor = await reader(site);
  visitor.forgive(/404/);
  for (const path of ["", "index.html", "03-one-front-door.html", "print.html", "toc.html", "nowhere.html"]) {
    const response = await visitor.goes(path);
    assertRules(response.headers()["content-security-policy"], path);
    await visitor.sees("main");
  }
});

browserTest("every page of the site carries the policy", async () => {
  for (const which of ["ours", "pieces", "figures"]) {
    const { folder } = onDisk(which);
    for (const path of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".html"))) {
      const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(readFileSync(join(folder, path), "utf8"));
      assertRules(policy?.[1].replaceAll("&#x27;", "'").replaceAll("&#39;", "'"), path);
    }
  }
});

for (const [where, place] of [["on the web", published], ["from files", async () => onDisk()]]) {
  browserTest(`the policy is in force, ${where}`, async ({ reader }) => {
    const visitor = await reader(await place());
    visitor.forgive(/policy/i);
    await visitor.goes("03-one-front-door.html");
    const ran = await visitor.asks(() => {
      const script = document.createElement("script");
      script.textContent = "window.intruder = true";
      document.body.append(script);
      return Boolean(window.intruder);
    });
    assert.equal(ran, false, "a script in the page ran");
    await visitor.until("the violation was reported", () => true);
    assert.ok(visitor.faults.some((fault) => fault.includes("script-src")), visitor.faults.join());
  });
}
