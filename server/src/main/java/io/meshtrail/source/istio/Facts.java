package io.meshtrail.source.istio;

import java.util.Arrays;
import java.util.List;

/// What Envoy says about the end of a request or connection, as text. Absent is empty.
///
/// @param isHttp whether there was a request at all, not only a connection
/// @param status of the response; 0 if there was none
/// @param flags short names of response flags with commas between them
/// @param details `response_code_details`
/// @param termination `connection_termination_details`
/// @param upstreamFailure `upstream_transport_failure_reason`
/// @param downstreamFailure `downstream_transport_failure_reason`
/// @param hasUpstream whether a cluster or host was chosen
record Facts(
        boolean isHttp,
        long status,
        String flags,
        String details,
        String termination,
        String upstreamFailure,
        String downstreamFailure,
        boolean hasUpstream) {
    boolean flag(String name) {
        return flagList().contains(name);
    }

    List<String> flagList() {
        return flags.isEmpty() ? List.of() : Arrays.asList(flags.split(","));
    }
}
