package io.meshtrail.proof;

/// The name in a key or signature line: not empty, no white space of any script, no `+` (ledger spec section
/// 3).
final class KeyName {
    private static final int NEXT_LINE = 0x85;

    private KeyName() {}

    static String check(String name) throws MalformedException {
        if (name.isEmpty()) {
            throw new MalformedException("key name is empty");
        }
        if (name.indexOf('+') >= 0 || name.codePoints().anyMatch(KeyName::isSpaceOrControl)) {
            throw new MalformedException("key name holds a space, a control character or a +: " + Shown.of(name));
        }
        return name;
    }

    private static boolean isSpaceOrControl(int c) {
        return c < 0x20 || c == NEXT_LINE || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
