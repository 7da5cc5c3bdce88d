package io.meshtrail.source.istio;

import io.meshtrail.envoy.Dialect;

/// Istio's names are those that [Dialect] reads by itself.
record IstioDialect() implements Dialect {
    @Override
    public String mesh() {
        return "istio";
    }
}
