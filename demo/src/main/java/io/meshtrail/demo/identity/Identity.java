package io.meshtrail.demo.identity;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/// A certificate with its key, in memory for clients and as PEM files for Envoy.
public record Identity(String name, X509Certificate certificate, PrivateKey key, Path chainFile, Path keyFile) {}
