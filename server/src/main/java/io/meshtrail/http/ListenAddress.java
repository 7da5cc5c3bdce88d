package io.meshtrail.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// Where a listener listens, written `HOST:PORT` or `[v6]:PORT`; port 0 is any free one.
public record ListenAddress(String host, int port) {
    public ListenAddress {
        if (host.isEmpty() || port < 0 || port > 65_535) {
            throw new IllegalArgumentException("\"" + host + ":" + port + "\" is no HOST:PORT");
        }
    }

    /// @throws IllegalArgumentException if the text is none
    public static ListenAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("\"" + text + "\" is no HOST:PORT");
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (!bracketed && host.indexOf(':') >= 0) {
            throw new IllegalArgumentException("\"" + text + "\": an IPv6 address goes into brackets");
        }
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        return new ListenAddress(bare, Integer.parseInt(text.substring(colon + 1)));
    }

    /// The address to bind.
    ///
    /// @throws IllegalArgumentException if the host has no address
    public InetSocketAddress toSocketAddress() {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException("the host \"" + host + "\" has no address", unknown);
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
