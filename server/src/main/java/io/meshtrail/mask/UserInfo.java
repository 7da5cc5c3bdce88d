package io.meshtrail.mask;

/// Finds passwords in the user part of URLs: `scheme://user:password@host`.
final class UserInfo {
    private UserInfo() {}

    static String mask(String text, String where, MaskNotes notes) {
        int slashes = text.indexOf("://");
        if (slashes < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int copied = 0;
        while (slashes >= 0) {
            int start = slashes + 3;
            int end = start;
            int colon = -1;
            int at = -1;
            while (end < text.length() && "/?# \t\r\n\"'<>".indexOf(text.charAt(end)) < 0) {
                char c = text.charAt(end);
                if (c == ':' && colon < 0) {
                    colon = end;
                } else if (c == '@') {
                    at = end;
                }
                end++;
            }
            if (colon >= 0 && at > colon + 1 && !text.startsWith(Mask.MASKED, colon + 1)) {
                out.append(text, copied, colon + 1).append(Mask.MASKED);
                notes.add(where, "userinfo");
                copied = at;
            }
            slashes = text.indexOf("://", end);
        }
        return copied == 0 ? text : out.append(text, copied, text.length()).toString();
    }
}
