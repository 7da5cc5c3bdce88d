import { expect, test } from 'vitest';
import { isAddress, snippets } from './snippets';

test('every mesh gets the address that was given', () => {
  const all = snippets('log.example:4317');
  expect(all.map(({ name }) => name)).toEqual(['Try it', 'Istio', 'Linkerd', 'Consul', 'Kubernetes']);
  const code = all.flatMap(({ steps }) => steps.map((step) => step.code)).join('\n');
  expect(code).toContain('http://log.example:4317/ingest/kubernetes-audit');
  expect(code).toContain('service: log.example\n      port: 4317');
});

test('what is no address never stands in a command', () => {
  for (const good of ['127.0.0.1:4317', 'meshtrail.svc:14317', '[::1]:4317']) expect(isAddress(good)).toBe(true);
  for (const bad of ['', 'host', "x;rm -rf ~:1'", 'a b:1', 'x:port']) expect(isAddress(bad)).toBe(false);
});
