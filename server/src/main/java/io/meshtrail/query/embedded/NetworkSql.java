package io.meshtrail.query.embedded;

import io.meshtrail.query.Network;

/// Whether an address, a text in any of its spellings, is in a network: in SQL alone. IPv4 is a regular
/// expression over the dotted form. An IPv6 address is first written out as eight groups of four digits;
/// then its leading digits are compared.
final class NetworkSql {
    private static final String NUMBER = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final int MAPPED_BITS = 96;

    private NetworkSql() {}

    static Sql contains(String column, Network network) {
        Sql four = four(column, network);
        return new Sql()
                .add("(")
                .add(four)
                .add(" OR ")
                .add(six(column, network))
                .add(")");
    }

    private static Sql four(String column, Network network) {
        if (!holdsMapped(network)) {
            return new Sql().add("FALSE");
        }
        return new Sql()
                .add("regexp_full_match(" + column + ", ")
                .bind(dotted(network))
                .add(")");
    }

    /// Whether there are IPv4 addresses in the network.
    private static boolean holdsMapped(Network network) {
        String some = network.prefix() <= MAPPED_BITS ? "0.0.0.0" : address(network);
        return network.contains(some);
    }

    private static String address(Network network) {
        byte[] bytes = network.address();
        return (bytes[12] & 0xFF) + "." + (bytes[13] & 0xFF) + "." + (bytes[14] & 0xFF) + "." + (bytes[15] & 0xFF);
    }

    /// The dotted form of the last four bytes.
    private static String dotted(Network network) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            int bits = Math.clamp(network.prefix() - MAPPED_BITS - 8L * i, 0, 8);
            regex.append(i == 0 ? "" : "\\.").append(number(network.address()[12 + i] & 0xFF, bits));
        }
        return regex.toString();
    }

    /// A decimal number whose leading bits are given.
    private static String number(int value, int bits) {
        if (bits == 0) {
            return NUMBER;
        }
        StringBuilder regex = new StringBuilder("(?:");
        for (int i = value; i < value + (1 << 8 - bits); i++) {
            regex.append(i == value ? "" : "|").append(i);
        }
        return regex.append(')').toString();
    }

    private static Sql six(String column, Network network) {
        String address = "split_part(" + column + ", '%', 1)";
        Sql plain = groups(address, network, network.prefix());
        String head = "regexp_replace(" + address + ", '[^:]*$', '0:0')";
        Sql dotted = groups(head, network, Math.min(network.prefix(), MAPPED_BITS))
                .add(" AND regexp_full_match(regexp_extract(" + address + ", '[^:]*$'), ")
                .bind(dotted(network))
                .add(")");
        return new Sql()
                .add("(contains(" + address + ", ':') AND CASE WHEN contains(" + address + ", '.') THEN ")
                .add(dotted)
                .add(" ELSE ")
                .add(plain)
                .add(" END)");
    }

    private static Sql groups(String address, Network network, int bits) {
        String left = "split_part(" + address + ", '::', 1)";
        String right = "split_part(" + address + ", '::', 2)";
        String missing = "(8 - " + count(left) + " - " + count(right) + ")";
        String gap = "contains(" + address + ", '::')";
        String full = "CASE WHEN " + gap + " THEN " + closed(left) + " || repeat('0:', " + missing + ") || "
                + closed(right) + " ELSE " + address + " || ':' END";
        String padded =
                "regexp_replace('000' || replace(lower(" + full + "), ':', ':000'), '0*([0-9a-f]{4}):', '\\1:', 'g')";
        return new Sql()
                .add("(NOT " + gap + " OR " + address + " = " + left + " || '::' || " + right + " AND " + missing
                        + " >= 1) AND regexp_full_match(" + full + ", '([0-9A-Fa-f]{1,4}:){8}')"
                        + " AND regexp_full_match(" + padded + ", ")
                .bind(digits(network, bits) + "000")
                .add(")");
    }

    private static String count(String groups) {
        return "CASE WHEN " + groups + " = '' THEN 0 ELSE length(" + groups + ") - length(replace(" + groups
                + ", ':', '')) + 1 END";
    }

    private static String closed(String groups) {
        return "CASE WHEN " + groups + " = '' THEN '' ELSE " + groups + " || ':' END";
    }

    /// Eight groups of four digits, each with its colon, of which the leading bits are given.
    private static String digits(Network network, int bits) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < 32; i++) {
            int digit = network.address()[i / 2] >> (i % 2 == 0 ? 4 : 0) & 0xF;
            int given = Math.clamp(bits - 4L * i, 0, 4);
            int first = digit & 0xF0 >> given;
            regex.append('[');
            for (int d = first; d < first + (1 << 4 - given); d++) {
                regex.append(Character.forDigit(d, 16));
            }
            regex.append(']').append(i % 4 == 3 ? ":" : "");
        }
        return regex.toString();
    }
}
