import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendHostile } from './hostile.ts';

const PATIENCE_MILLIS = 240_000;

/** What the tests look for; the recording tells all of it within its first seconds. */
const NEEDED = [
  // Some that are old enough for every test.
  'outcome:denied reason:policy_denied time<now-12s',
  'outcome:denied reason:policy_denied policy.name:*',
  'outcome:denied policy.name:"shop/orders-freeze-reports"',
  'kind:policy_change user.id:*',
  'kind:handshake outcome:failed',
  'http.path:/admin/* outcome:denied',
  'http.path:*onerror*',
];

/** Starts the demo with its recording on free ports, and ends it after the last test. */
export default async function demo(): Promise<() => Promise<void>> {
  if (process.env.MESHTRAIL_URL !== undefined) {
    if (process.env.MESHTRAIL_INGEST_URL !== undefined) await sendHostile(process.env.MESHTRAIL_INGEST_URL);
    return async () => undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'meshtrail-e2e-'));
  const [web, ingest] = [await freePort(), await freePort()];
  const log = join(folder, 'demo.log');
  const output = openSync(log, 'w');
  const [program = '', ...more] = (process.env.MESHTRAIL_DEMO ?? '../bin/demo').split(' ');
  const options = ['--recorded', '--web', `127.0.0.1:${web}`, '--data', join(folder, 'data')];
  const child = spawn(program, [...more, ...options], {
    stdio: ['ignore', output, output],
    env: { ...process.env, MESHTRAIL_INGEST: `127.0.0.1:${ingest}` },
  });
  // Should the run itself be ended, the demo ends with it, and ends its own children.
  process.once('exit', () => child.kill('SIGTERM'));
  const stop = async () => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    process.env.MESHTRAIL_URL = `http://127.0.0.1:${web}`;
    process.env.MESHTRAIL_INGEST_URL = `http://127.0.0.1:${ingest}`;
    const alive = () => child.exitCode === null;
    await until('the server is ready', alive, log, async () => (await fetch(`${process.env.MESHTRAIL_URL}/readyz`)).ok);
    await until('the hostile requests are taken', alive, log, () => sendHostile(`http://127.0.0.1:${ingest}`));
    for (const q of NEEDED) await until(`something matches ${q}`, alive, log, () => found(q));
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

async function found(q: string): Promise<boolean> {
  const answer = await fetch(`${process.env.MESHTRAIL_URL}/api/events?${new URLSearchParams({ q, limit: '1' })}`);
  const { events } = (await answer.json()) as { events?: readonly { stage: string }[] };
  return events?.[0] !== undefined && ['published', 'witnessed'].includes(events[0].stage);
}

async function until(what: string, alive: () => boolean, log: string, check: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MILLIS;
  while (!(await check().catch(() => false))) {
    if (!alive() || Date.now() > end) throw new Error(`never came to pass: ${what}\n${readFileSync(log, 'utf8')}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** The demo ends its own children when it is asked to. */
function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    const force = setTimeout(() => child.kill('SIGKILL'), 30_000);
    child.on('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
