package io.meshtrail.source.envoy;

/// Who sends a stream, as its identifier says: the proxy's own claim. All texts may be empty.
///
/// @param id `node.id`, verbatim
/// @param mesh `istio` if the id has Istio's form (`sidecar~ip~pod.namespace~domain`) or the metadata is
///     Istio's, else `envoy`
/// @param name who observes: `pod.namespace` of Istio's form, else the id
/// @param type `sidecar`, `router`, `waypoint`, or empty
/// @param address the proxy's IP address in Istio's form
/// @param workload as the mesh reports it: WORKLOAD_NAME, else the owner's name, else the pod's
/// @param service Istio's canonical name of the service, else the label `app`
/// @param logName what the logger is called
record StreamNode(
        String id,
        String mesh,
        String name,
        String type,
        String address,
        String cluster,
        String namespace,
        String workload,
        String service,
        String logName) {
    /// A stream that has not said who it is.
    static final StreamNode UNIDENTIFIED = new StreamNode("", "envoy", "", "", "", "", "", "", "", "");

    boolean identified() {
        return !id.isEmpty();
    }
}
