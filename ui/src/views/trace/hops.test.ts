import { describe, expect, test } from 'vitest';
import type { Element, MeshEvent } from '../../event/event';
import { nanos, skewOf, storyOf } from './hops';

const id = (name: string) => `spiffe://corp/ns/${name.replace('/', '/sa/')}`;
let leaf = 0;

function report(millis: number, duration: number, side: string, event: MeshEvent): Element {
  const time = `2026-11-24T10:00:00.${String(millis).padStart(3, '0')}000000Z`;
  const base = { kind: 'request', outcome: 'allowed', 'http.method': 'GET', 'observer.side': side };
  return {
    address: `traffic/${leaf++}`,
    stage: 'published',
    derived: {},
    event: { ...base, time, duration: duration * 1_000_000, ...event },
  };
}

const atGateway = report(0, 80, 'gateway', {
  'source.address': '10.9.9.9',
  'destination.identity': id('shop/web'),
  'observer.name': 'edge-5d8f7c6b9-x2x4k.istio-system',
});
const webServes = report(10, 60, 'server', {
  'source.identity': id('istio-system/edge'),
  'destination.identity': id('shop/web'),
  'observer.name': 'web-5d8f7c6b9-x2x4k.shop',
});
const webCalls = report(20, 40, 'client', {
  'source.workload': 'web',
  'source.namespace': 'shop',
  'destination.service': 'orders.shop.svc.cluster.local',
});
const ordersServes = report(25, 30, 'server', {
  'source.identity': id('shop/web'),
  'destination.identity': id('shop/orders'),
  'observer.name': 'orders-5d8f7c6b9-x2x4k.shop',
});

describe('the story of a trace', () => {
  const { hops, nanos: length } = storyOf([atGateway, webServes, webCalls, ordersServes]);

  test('is one line for each call, below the call that caused it', () => {
    expect(hops.map(({ source, destination, depth }) => `${depth} ${source} → ${destination}`)).toEqual([
      '0 10.9.9.9 → istio-system/edge',
      '1 istio-system/edge → shop/web',
      '2 shop/web → shop/orders',
    ]);
    expect(length).toBe(80_000_000);
  });

  test('pairs what caller and called told of the same call', () => {
    expect(hops[2]?.client?.element).toBe(webCalls);
    expect(hops[2]?.server?.element).toBe(ordersServes);
    expect(hops[2]?.missing).toEqual({});
  });

  test('takes a gateway for the caller side of what it passes on', () => {
    expect(hops[1]?.client).toBeUndefined();
    expect(hops[1]?.missing).toEqual({});
  });
});

test('a side that is not there is said to be missing, and why', () => {
  const [, hop] = storyOf([webServes, ordersServes]).hops;
  expect(hop?.missing.client).toContain('shop/web reports other calls');
  const [alone] = storyOf([ordersServes]).hops;
  expect(alone?.missing.client).toContain('nothing here reports for shop/web');
  const [sent] = storyOf([webCalls]).hops;
  expect(sent?.missing.server).toContain('shop/orders did not report it');
});

test('a call that never got there is not called lost', () => {
  const failed = { ...webCalls, event: { ...webCalls.event, outcome: 'failed', reason: 'upstream_unreachable' } };
  expect(storyOf([failed]).hops[0]?.missing.server).toContain('may never have seen it');
});

test('two calls of the same kind are paired by what is nearest in time', () => {
  const again = report(50, 9, 'client', webCalls.event);
  const served = report(51, 7, 'server', ordersServes.event);
  const late = { ...again, event: { ...again.event, time: '2026-11-24T10:00:00.500000000Z' } };
  const lateServed = { ...served, event: { ...served.event, time: '2026-11-24T10:00:00.501000000Z' } };
  const { hops } = storyOf([webCalls, ordersServes, late, lateServed]);
  expect(hops.map(({ server }) => server?.element.address)).toEqual([ordersServes.address, served.address]);
});

test('clocks that differ are told from a call that took its time', () => {
  const ahead = { ...ordersServes, event: { ...ordersServes.event, time: '2026-11-24T10:00:00.325000000Z' } };
  const [hop] = storyOf([webCalls, ahead]).hops;
  expect(hop && skewOf(hop)).toEqual({ nanos: 300_000_000, within: 5_000_000 });
  const [inTime] = storyOf([webCalls, ordersServes]).hops;
  expect(inTime && skewOf(inTime)).toEqual({ nanos: 0, within: 5_000_000 });
});

test('calls in a circle are all shown, once', () => {
  const call = (source: string, destination: string) =>
    report(1, 1, 'server', { 'source.identity': id(source), 'destination.identity': id(destination) });
  const { hops } = storyOf([call('a/x', 'b/y'), call('b/y', 'a/x'), call('a/x', 'a/x')]);
  expect(hops).toHaveLength(3);
});

test('times keep all nine digits', () => {
  expect(nanos('2026-11-24T10:00:00.000000001Z') - nanos('2026-11-24T10:00:00Z')).toBe(1n);
});
