package io.meshtrail.mask;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds credentials by their shape: after `Bearer` and the like, private keys in PEM, and the tokens of well-known
/// issuers, which carry a prefix so that they can be found.
final class TokenShapes {
    private static final Pattern SCHEME = Pattern.compile("(?i)(?<![a-z0-9_-])(bearer|basic|negotiate|aws4-hmac-sha256)"
            + "((?:[ \\t]|%20|\\+){1,8})([A-Za-z0-9._~+/=:|%-]{4,})");

    /// What may follow a scheme in prose.
    private static final Set<String> PROSE = Set.of(
            "token",
            "tokens",
            "auth",
            "authentication",
            "authorization",
            "credential",
            "credentials",
            "scheme",
            "realm",
            "error",
            "required",
            "missing",
            "invalid",
            "format",
            "header",
            "headers",
            "access",
            "http",
            "user",
            "constraints",
            "usage");

    private static final String ISSUED_HINTS =
            "gh _pat_ glpat xox AIza ya29. _live_ hvs. hvb. hvr. npm_ AKIA ASIA dop_v1 SG."
                    + " k8s-aws-v1. base64url.bearer";

    private static final String[] HINTS = ISSUED_HINTS.split(" ");

    private static final Pattern ISSUED = Pattern.compile("(?<![A-Za-z0-9])(?:"
            + "gh[pousr]_[A-Za-z0-9]{20,255}"
            + "|github_pat_\\w{20,255}"
            + "|glpat-[\\w-]{20,64}"
            + "|xox[abeoprs]-[A-Za-z0-9-]{10,255}"
            + "|AIza[\\w-]{35}"
            + "|ya29\\.[\\w-]{20,1024}"
            + "|[srp]k_live_[A-Za-z0-9]{16,255}"
            + "|hv[sbr]\\.[\\w-]{20,255}"
            + "|npm_[A-Za-z0-9]{36}"
            + "|(?:AKIA|ASIA)[A-Z0-9]{16}"
            + "|dop_v1_[a-f0-9]{64}"
            + "|SG\\.[\\w-]{16,64}\\.[\\w-]{16,64}"
            + "|k8s-aws-v1\\.[\\w-]{20,4096}"
            + "|base64url\\.bearer\\.authorization\\.k8s\\.io\\.[\\w-]{4,4096}"
            + ")");

    private static final String PEM_BEGIN = "-----BEGIN ";
    private static final String PEM_KEY = "PRIVATE KEY-----";
    private static final int PEM_NAME_LIMIT = 64;

    private TokenShapes() {}

    static String mask(String text, String where, MaskNotes notes) {
        return issued(schemes(privateKeys(text, where, notes), where, notes), where, notes);
    }

    private static String privateKeys(String text, String where, MaskNotes notes) {
        int begin = text.indexOf(PEM_BEGIN);
        if (begin < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int copied = 0;
        while (begin >= 0) {
            int key = text.indexOf("-----", begin + PEM_BEGIN.length());
            int headEnd = key + 5;
            boolean isPrivate = key >= 0
                    && key - begin < PEM_NAME_LIMIT
                    && text.regionMatches(headEnd - PEM_KEY.length(), PEM_KEY, 0, PEM_KEY.length());
            if (!isPrivate) {
                begin = text.indexOf(PEM_BEGIN, begin + PEM_BEGIN.length());
                continue;
            }
            int foot = text.indexOf("-----END ", headEnd);
            int footEnd = foot < 0 ? text.length() : foot;
            if (!text.substring(headEnd, footEnd).strip().equals(Mask.MASKED)) {
                out.append(text, copied, headEnd).append(Mask.MASKED);
                notes.add(where, "private_key");
                copied = footEnd;
            }
            begin = text.indexOf(PEM_BEGIN, footEnd);
        }
        return copied == 0 ? text : out.append(text, copied, text.length()).toString();
    }

    private static String schemes(String text, String where, MaskNotes notes) {
        if (!mayHoldScheme(text)) {
            return text;
        }
        Matcher matcher = SCHEME.matcher(text);
        StringBuilder out = new StringBuilder(text.length());
        int copied = 0;
        while (matcher.find()) {
            String credential = matcher.group(3);
            if (isProse(credential)) {
                continue;
            }
            out.append(text, copied, matcher.start(3)).append(Mask.MASKED);
            notes.add(where, matcher.group(1).toLowerCase(Locale.ROOT));
            copied = matcher.end();
        }
        return copied == 0 ? text : out.append(text, copied, text.length()).toString();
    }

    private static boolean isProse(String word) {
        int end = word.length();
        while (end > 0 && ".:=".indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        return PROSE.contains(word.substring(0, end).toLowerCase(Locale.ROOT));
    }

    private static boolean mayHoldScheme(String text) {
        for (int i = 0; i < text.length(); i++) {
            boolean scheme = switch (text.charAt(i)) {
                case 'b', 'B' ->
                    text.regionMatches(true, i, "bearer", 0, 6) || text.regionMatches(true, i, "basic", 0, 5);
                case 'n', 'N' -> text.regionMatches(true, i, "negotiate", 0, 9);
                case 'a', 'A' -> text.regionMatches(true, i, "aws4-", 0, 5);
                default -> false;
            };
            if (scheme) {
                return true;
            }
        }
        return false;
    }

    private static String issued(String text, String where, MaskNotes notes) {
        boolean hinted = false;
        for (String hint : HINTS) {
            if (text.contains(hint)) {
                hinted = true;
                break;
            }
        }
        if (!hinted) {
            return text;
        }
        Matcher matcher = ISSUED.matcher(text);
        if (!matcher.find()) {
            return text;
        }
        notes.add(where, "token");
        return matcher.replaceAll(Matcher.quoteReplacement(Mask.MASKED));
    }
}
