package io.meshtrail.envoy;

/// An address as proxies print it: `10.0.0.1:80`, `[2001:db8::1]:80`, or the name of a pipe or an internal
/// listener.
///
/// @param port -1 if there is none
public record HostPort(String address, long port) {
    public static HostPort of(String text) {
        int colon = text.lastIndexOf(':');
        String digits = text.substring(colon + 1);
        if (colon < 0
                || digits.isEmpty()
                || digits.length() > 5
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return new HostPort(bare(text), -1);
        }
        int port = Integer.parseInt(digits);
        boolean nakedIpv6 = text.indexOf(':') < colon && !text.startsWith("[");
        return nakedIpv6 || port > 65_535
                ? new HostPort(bare(text), -1)
                : new HostPort(bare(text.substring(0, colon)), port);
    }

    private static String bare(String address) {
        return address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
    }
}
