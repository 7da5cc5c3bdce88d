package io.meshtrail.query;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A network in CIDR notation. IPv4 is held as the IPv6 addresses that map it (`::ffff:a.b.c.d`), so an
/// address is in a network in whichever of the two forms it was written.
///
/// @param address sixteen bytes, zero beyond the prefix
/// @param prefix the number of leading bits that count, 0 to 128
public record Network(byte[] address, int prefix) {
    private static final int MAPPED_BITS = 96;

    public Network {
        if (address.length != IpAddress.LENGTH || prefix < 0 || prefix > 128) {
            throw new IllegalArgumentException("network of " + address.length + " bytes and prefix " + prefix);
        }
        address = masked(address, prefix);
    }

    /// Reads `10.0.0.0/8` or `fd00::/8`; empty if it is none. Bits beyond the prefix do not matter.
    public static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9][0-9]{0,2}")) {
            return Optional.empty();
        }
        String address = text.substring(0, slash);
        boolean four = address.indexOf(':') < 0;
        int prefix = Integer.parseInt(text.substring(slash + 1)) + (four ? MAPPED_BITS : 0);
        if (prefix > 128) {
            return Optional.empty();
        }
        return IpAddress.parse(address).map(bytes -> new Network(bytes, prefix));
    }

    /// Whether the text is an address of this network.
    public boolean contains(String text) {
        return IpAddress.parse(text)
                .map(bytes -> Arrays.equals(masked(bytes, prefix), address))
                .orElse(false);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Network that && prefix == that.prefix && Arrays.equals(address, that.address);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(address) * 31 + prefix;
    }

    /// The one form of this network, such as `10.0.0.0/8`.
    @Override
    public String toString() {
        return prefix >= MAPPED_BITS && IpAddress.isMapped(address)
                ? IpAddress.dotted(address, 12) + "/" + (prefix - MAPPED_BITS)
                : IpAddress.groups(address) + "/" + prefix;
    }

    private static byte[] masked(byte[] address, int prefix) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int bits = Math.clamp(prefix - 8L * i, 0, 8);
            masked[i] &= (byte) (0xFF00 >> bits);
        }
        return masked;
    }
}
