import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { fakeServer } from './dev/fake/plugin.ts';
import { precompress } from './precompress.ts';

/** What the Java server will send with every answer of the page; the preview sends it too, so that it is tried. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const server = process.env.MESHTRAIL ?? 'http://127.0.0.1:7070';

export default defineConfig(({ mode }) => ({
  plugins: [react(), precompress({ budgetKilobytes: 390 }), ...(mode === 'fake' ? [fakeServer()] : [])],
  build: {
    outDir: 'target/classes/web',
    emptyOutDir: true,
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    sourcemap: false,
    // Our own budget is about what a first visit loads, compressed; see precompress.ts.
    chunkSizeWarningLimit: 1000,
  },
  // The reference pages of docs/ are part of the page.
  server: { fs: { allow: ['..'] }, ...(mode === 'fake' ? {} : { proxy: { '/api': server, '/ledger': server } }) },
  preview: { headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY, 'X-Content-Type-Options': 'nosniff' } },
  test: { include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'dev/**/*.test.ts'] },
}));
