import { describe, expect, test } from 'vitest';
import { explain } from './reasons';
import { shortIdentity, what, who, whom } from './sentence';

const caller = { 'source.identity': 'spiffe://demo/ns/shop/sa/web', 'destination.service': 'orders.shop' };

describe('the reason', () => {
  test('of a default denial names the service and the caller', () => {
    expect(explain({ ...caller, outcome: 'denied', reason: 'no_policy_matched' })).toBe(
      'denied: no ALLOW policy of orders.shop matched; caller spiffe://demo/ns/shop/sa/web',
    );
  });

  test('of a denial by a policy names policy and rule', () => {
    const event = {
      ...caller,
      outcome: 'denied',
      reason: 'policy_denied',
      'policy.name': 'shop/x',
      'policy.rule': '0',
    };
    expect(explain(event)).toContain('shop/x, rule 0 denies it');
  });

  test('says that a caller is unknown, and that a reason is', () => {
    expect(explain({ outcome: 'denied', reason: 'no_policy_matched' })).toContain('caller unknown');
    expect(explain({ outcome: 'failed' })).toBe('failed; the reason is unknown');
  });

  test('of an application that refused does not blame the mesh', () => {
    expect(explain({ outcome: 'allowed', reason: 'application_refused', 'http.status': 403 })).toBe(
      'allowed: the mesh let it pass; the application itself answered 403',
    );
  });

  test('of a code that this page does not know is still shown', () => {
    expect(explain({ outcome: 'denied', reason: 'moon_too_bright' })).toBe('denied: moon too bright');
  });
});

describe('the row', () => {
  test('of a change tells the user, the object and the change', () => {
    const change = {
      kind: 'policy_change',
      'user.id': 'dana',
      'object.kind': 'AuthorizationPolicy',
      'object.namespace': 'shop',
      'object.name': 'orders-viewer',
      'change.verb': 'patch',
    };
    expect([who(change), whom(change), what(change)]).toEqual([
      'dana',
      'shop/orders-viewer AuthorizationPolicy',
      'patch',
    ]);
  });

  test('of a call shortens a SPIFFE ID but no other identity', () => {
    expect(shortIdentity('spiffe://corp/ns/shop/sa/web')).toBe('shop/web');
    expect(shortIdentity('spiffe://corp/other/path')).toBe('spiffe://corp/other/path');
    expect(who({ kind: 'handshake', 'source.peer_address': '10.0.0.1' })).toBe('10.0.0.1');
    expect(whom({ kind: 'request' })).toBeUndefined();
  });
});
