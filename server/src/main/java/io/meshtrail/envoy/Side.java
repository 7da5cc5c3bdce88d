package io.meshtrail.envoy;

/// Where an observer stands in a call: the words of `observer.side`.
public enum Side {
    CLIENT("client"),
    SERVER("server"),
    GATEWAY("gateway"),
    WAYPOINT("waypoint"),
    NODE("node"),
    CONTROL("control"),
    UNKNOWN("");

    private final String word;

    Side(String word) {
        this.word = word;
    }

    /// The value of the field; empty if unknown.
    public String word() {
        return word;
    }

    /// The side of that word; `UNKNOWN` if it is none of them.
    public static Side named(String word) {
        for (Side side : values()) {
            if (side.word.equals(word)) {
                return side;
            }
        }
        return UNKNOWN;
    }

    /// Who has a route of such a name in Istio; `UNKNOWN` if the name does not say.
    public static Side ofRoute(String route) {
        if (route.startsWith("inbound|")) {
            return SERVER;
        }
        boolean outbound = route.startsWith("outbound|") || route.equals("allow_any") || route.equals("block_all");
        return outbound ? CLIENT : UNKNOWN;
    }
}
