// Opens the page in Debian's Chromium, has it record, and prints its report as the one line of
// standard output. Everything the page says goes to standard error.
import { chromium } from 'playwright-core';

const order = JSON.parse(process.argv[2]);
const context = await chromium.launchPersistentContext(order.profile, {
  executablePath: order.executable,
  headless: true,
  args: order.arguments,
  env: { ...process.env, HOME: order.home },
});
try {
  const page = context.pages()[0] ?? (await context.newPage());
  page.on('console', (message) => console.error(message.type(), message.text()));
  page.on('pageerror', (failure) => console.error('page', failure));
  page.on('requestfailed', (request) =>
    console.error('failed', request.url(), request.failure()?.errorText),
  );
  await page.goto(order.page);
  const report = await page.evaluate((recording) => window.record(recording), order.recording);
  console.log(JSON.stringify(report));
} finally {
  await context.close();
}
