package io.meshtrail.watch.consul;

import java.util.concurrent.CompletableFuture;

/// Consul's HTTP API: the port behind which it is asked.
public interface ConsulApi {
    /// Asks for a path.
    ///
    /// @param path such as `/v1/config/service-intentions`
    /// @param index answer only when the list is newer than this, or after the longest wait; 0 for at once
    /// @return an answer with any status; completes exceptionally with an IOException if there is none
    CompletableFuture<Answer> get(String path, long index);

    /// An answer.
    ///
    /// @param index of the list, `X-Consul-Index`; 0 if there is none
    /// @param isFiltered whether entries are hidden from our token, `X-Consul-Results-Filtered-By-ACLs`
    /// @param hasLeader whether the servers have a leader, `X-Consul-KnownLeader`
    record Answer(int status, String body, long index, boolean isFiltered, boolean hasLeader) {}
}
