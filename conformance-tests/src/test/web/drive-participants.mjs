// Keeps Debian's Chromium open with a page for each participant: a line of standard input names the
// page, one of its functions and the argument, a line of standard output tells what came of it. Ends
// with standard input.
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const order = JSON.parse(process.argv[2]);
const context = await chromium.launchPersistentContext(order.profile, {
  executablePath: order.executable,
  headless: true,
  args: order.arguments,
  env: { ...process.env, HOME: order.home },
});
const pages = new Map();

async function open(name) {
  const page = await context.newPage();
  page.on('console', (message) => console.error(name, message.type(), message.text()));
  page.on('pageerror', (failure) => console.error(name, failure));
  await page.goto(order.page);
  return page;
}

async function call({ page, does, argument }) {
  if (!pages.has(page)) {
    pages.set(page, await open(page));
  }
  return pages.get(page).evaluate(([name, value]) => window[name](value), [does, argument]);
}

try {
  for await (const line of createInterface({ input: process.stdin })) {
    let answer;
    try {
      answer = { value: await call(JSON.parse(line)) };
    } catch (failure) {
      answer = { failure: failure.stack ?? String(failure) };
    }
    console.log(JSON.stringify(answer));
  }
} finally {
  await context.close();
}
