import { defineConfig } from '@playwright/test';

/** The page in a real Chromium against the packaged server, with what the demo's recording tells. See e2e/README.md. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'target/e2e',
  globalSetup: './e2e/demo.ts',
  fullyParallel: true,
  workers: 2,
  // A browser on a busy machine: what passes the second time is reported as flaky.
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  projects: [
    { name: 'page', testIgnore: /figures/ },
    // Measured alone, when nothing else runs.
    { name: 'figures', testMatch: /figures/, dependencies: ['page'] },
  ],
  forbidOnly: true,
  use: {
    // Set by demo.ts before the workers read this file.
    baseURL: process.env.MESHTRAIL_URL ?? '',
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    },
  },
});
