// The same reading as from the web, with the pages opened from the reader's own disk.

import { browserTest, onDisk } from "./harness.mjs";
import { readingPart } from "./reading.mjs";

for (const [title, step] of readingPart) {
  browserTest(`from files: ${title}`, async ({ reader }) => step(await reader(onDisk())));
}
