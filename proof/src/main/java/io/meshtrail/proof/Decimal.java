package io.meshtrail.proof;

/// An unsigned ASCII decimal without sign or leading zero, as every C2SP format writes its numbers.
/// `Long.parseLong`
/// also takes `+5`, `007` and digits of other scripts, so it must not see text that has not been checked first.
final class Decimal {
    /// 2^63-1 has nineteen digits; longer text cannot be a number that we accept.
    private static final int MAX_DIGITS = 19;

    private static final String MAX = Long.toString(Long.MAX_VALUE);

    private Decimal() {}

    /// A number from 0 to 2^63-1.
    static long parse(String text, String what) throws MalformedException {
        if (text.isEmpty()) {
            throw new MalformedException(what + " is empty, expected a decimal number");
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                throw new MalformedException(what + " is not a decimal number: " + Shown.of(text));
            }
        }
        if (text.length() > 1 && text.charAt(0) == '0') {
            throw new MalformedException(what + " has a leading zero: " + Shown.of(text));
        }
        if (text.length() > MAX_DIGITS || (text.length() == MAX_DIGITS && text.compareTo(MAX) > 0)) {
            throw new MalformedException(what + " is 2^63 or more: " + Shown.of(text));
        }
        return Long.parseLong(text);
    }
}
