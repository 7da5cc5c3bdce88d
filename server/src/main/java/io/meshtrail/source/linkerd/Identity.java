package io.meshtrail.source.linkerd;

/// An identity of the mesh: `<account>.<namespace>.serviceaccount.identity.<control plane>.<trust
/// domain>`, or a SPIFFE id of a workload outside Kubernetes.
record Identity(String name) {
    private static final String MARK = ".serviceaccount.identity.";

    /// The namespace that it names, or the empty text.
    String namespace() {
        int mark = name.indexOf(MARK);
        if (mark > 0) {
            int dot = name.indexOf('.');
            return dot < mark ? name.substring(dot + 1, mark) : "";
        }
        int start = name.startsWith("spiffe://") ? name.indexOf("/ns/") : -1;
        int end = name.indexOf("/sa/", Math.max(start, 0));
        return start > 0 && end > start + 4 ? name.substring(start + 4, end) : "";
    }
}
