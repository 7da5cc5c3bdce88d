package io.meshtrail.source.linkerd;

/// The target of a request: `http://webapp:7000/x?y`, as meshed peers write it, or `/x?y`.
record RequestTarget(String authority, String path, String query) {
    static RequestTarget of(String uri) {
        int scheme = uri.startsWith("http://") ? 7 : uri.startsWith("https://") ? 8 : 0;
        int start = scheme;
        while (scheme > 0 && start < uri.length() && uri.charAt(start) != '/' && uri.charAt(start) != '?') {
            start++;
        }
        int mark = uri.indexOf('?', start);
        String path = mark < 0 ? uri.substring(start) : uri.substring(start, mark);
        String query = mark < 0 ? "" : uri.substring(mark + 1);
        return new RequestTarget(uri.substring(scheme, start), path, query);
    }
}
