import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

interface ManifestEntry {
  file: string;
  css?: string[];
  imports?: string[];
  isEntry?: boolean;
}

/**
 * Writes a `.br` and a `.gz` beside every text file of the build, and fails the build if what a first visit loads
 * (scripts and styles of the entry, gzip) is larger than the budget.
 */
export function precompress({ budgetKilobytes }: { budgetKilobytes: number }): Plugin {
  let folder = '';
  return {
    name: 'meshtrail-precompress',
    apply: 'build',
    configResolved: (config) => {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle: async () => {
      for (const path of await files(folder)) {
        if (!/\.(js|css|html|svg|json)$/.test(path) || (await stat(path)).size < 256) continue;
        const bytes = await readFile(path);
        await writeFile(`${path}.gz`, gzipSync(bytes, { level: 9 }));
        await writeFile(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
      }
      const kilobytes = Math.ceil((await firstLoad(folder)) / 1000);
      console.log(`first load: ${kilobytes} kB of scripts and styles, gzip (budget ${budgetKilobytes} kB)`);
      if (kilobytes > budgetKilobytes) {
        throw new Error(`first load is ${kilobytes} kB, budget is ${budgetKilobytes} kB`);
      }
    },
  };
}

async function firstLoad(folder: string): Promise<number> {
  const manifest: Record<string, ManifestEntry> = JSON.parse(
    await readFile(join(folder, '.vite', 'manifest.json'), 'utf8'),
  );
  const wanted = Object.keys(manifest).filter((key) => manifest[key]?.isEntry);
  const seen = new Set<string>();
  for (let key = wanted.pop(); key !== undefined; key = wanted.pop()) {
    const entry = manifest[key];
    if (entry === undefined || seen.has(entry.file)) continue;
    for (const file of [entry.file, ...(entry.css ?? [])]) seen.add(file);
    wanted.push(...(entry.imports ?? []));
  }
  let bytes = 0;
  for (const file of seen) bytes += gzipSync(await readFile(join(folder, file)), { level: 9 }).length;
  return bytes;
}

async function files(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) found.push(join(entry.parentPath, entry.name));
  }
  return found;
}
