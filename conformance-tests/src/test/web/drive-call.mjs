// Opens one page for each end of a call in Debian's Chromium, the second one when the first has been
// there for a while, and prints their reports as the one line of standard output.
import { chromium } from 'playwright-core';

const HEAD_START_MS = 1_000;

const order = JSON.parse(process.argv[2]);
const context = await chromium.launchPersistentContext(order.profile, {
  executablePath: order.executable,
  headless: true,
  args: order.arguments,
  env: { ...process.env, HOME: order.home },
});

async function open(call) {
  const page = await context.newPage();
  page.on('console', (message) => console.error(call.role, message.type(), message.text()));
  page.on('pageerror', (failure) => console.error(call.role, failure));
  await page.goto(order.page);
  return page.evaluate((end) => window.call(end), call);
}

try {
  const first = open(order.calls[0]);
  await new Promise((resolve) => setTimeout(resolve, HEAD_START_MS));
  console.log(JSON.stringify(await Promise.all([first, open(order.calls[1])])));
} finally {
  await context.close();
}
