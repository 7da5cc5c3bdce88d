package io.meshtrail.query;

import java.util.Optional;

/// Addresses as text and as sixteen bytes, without asking any resolver. Strict: four decimal numbers
/// without leading zeros, or the groups of RFC 4291, perhaps with a dotted tail; a zone (`%eth0`) is left
/// out.
final class IpAddress {
    static final int LENGTH = 16;

    private IpAddress() {}

    static Optional<byte[]> parse(String text) {
        int percent = text.indexOf('%');
        String plain = percent < 0 ? text : text.substring(0, percent);
        byte[] address = new byte[LENGTH];
        if (plain.indexOf(':') < 0) {
            address[10] = (byte) 0xFF;
            address[11] = (byte) 0xFF;
            return percent < 0 && parseDotted(plain, address, 12) ? Optional.of(address) : Optional.empty();
        }
        return parseGroups(plain, address) ? Optional.of(address) : Optional.empty();
    }

    static boolean isMapped(byte[] address) {
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[10] == (byte) 0xFF && address[11] == (byte) 0xFF;
    }

    static String dotted(byte[] address, int from) {
        return (address[from] & 0xFF) + "." + (address[from + 1] & 0xFF) + "." + (address[from + 2] & 0xFF) + "."
                + (address[from + 3] & 0xFF);
    }

    /// Eight groups of hexadecimal digits without abbreviation, but for a run of zeros at the end.
    static String groups(byte[] address) {
        int groups = LENGTH / 2;
        while (groups > 0 && address[2 * groups - 1] == 0 && address[2 * groups - 2] == 0) {
            groups--;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < groups; i++) {
            text.append(i == 0 ? "" : ":").append(Integer.toHexString(group(address, i)));
        }
        return groups == LENGTH / 2 ? text.toString() : text.append("::").toString();
    }

    private static int group(byte[] address, int i) {
        return (address[2 * i] & 0xFF) << 8 | address[2 * i + 1] & 0xFF;
    }

    private static boolean parseDotted(String text, byte[] address, int from) {
        String[] numbers = text.split("\\.", -1);
        if (numbers.length != 4) {
            return false;
        }
        for (int i = 0; i < 4; i++) {
            if (!numbers[i].matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(numbers[i]) > 255) {
                return false;
            }
            address[from + i] = (byte) Integer.parseInt(numbers[i]);
        }
        return true;
    }

    private static boolean parseGroups(String text, byte[] address) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return fill(text, address, 0) == LENGTH;
        }
        byte[] tail = new byte[LENGTH];
        int head = fill(text.substring(0, gap), address, 0);
        int length = fill(text.substring(gap + 2), tail, 0);
        if (head < 0
                || length < 0
                || head + length > LENGTH - 2
                || text.substring(0, gap).indexOf('.') >= 0) {
            return false;
        }
        System.arraycopy(tail, 0, address, LENGTH - length, length);
        return true;
    }

    /// Writes groups parted by colons and returns the place after them, or -1 if they are none.
    private static int fill(String text, byte[] address, int from) {
        if (text.isEmpty()) {
            return from;
        }
        String[] groups = text.split(":", -1);
        int at = from;
        for (int i = 0; i < groups.length; i++) {
            boolean last = i == groups.length - 1;
            if (last && groups[i].indexOf('.') >= 0) {
                return at <= LENGTH - 4 && parseDotted(groups[i], address, at) ? at + 4 : -1;
            }
            if (at > LENGTH - 2 || !groups[i].matches("[0-9A-Fa-f]{1,4}")) {
                return -1;
            }
            int value = Integer.parseInt(groups[i], 16);
            address[at++] = (byte) (value >> 8);
            address[at++] = (byte) value;
        }
        return at;
    }
}
