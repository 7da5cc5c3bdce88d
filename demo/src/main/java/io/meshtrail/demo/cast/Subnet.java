package io.meshtrail.demo.cast;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.regex.Pattern;

/// 254 loopback addresses, `127.0.x.1` to `127.0.x.254`, so that each workload has an address of its own.
///
/// @param prefix the first three numbers, such as `127.0.1`
public record Subnet(String prefix) {
    private static final Pattern FORM =
            Pattern.compile("127\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)");

    public Subnet {
        if (!FORM.matcher(prefix).matches() || prefix.equals("127.0.0")) {
            throw new IllegalArgumentException("a subnet looks like 127.0.1 (not 127.0.0), found: " + prefix);
        }
    }

    /// The first subnet from `127.0.1` on where every address and port of the mesh is free.
    ///
    /// @throws IOException when none is
    public static Subnet firstFree() throws IOException {
        String taken = "";
        for (int third = 1; third <= 99; third++) {
            Subnet subnet = new Subnet("127.0." + third);
            Optional<String> conflict = subnet.taken();
            if (conflict.isEmpty()) {
                return subnet;
            }
            taken = conflict.get();
        }
        throw new IOException("no free loopback subnet from 127.0.1 to 127.0.99; the last tried: " + taken);
    }

    public String address(int lastOctet) {
        return prefix + "." + lastOctet;
    }

    /// The first address and port of the mesh that somebody else holds, with the reason.
    public Optional<String> taken() {
        for (Workload workload : Workload.values()) {
            int[] ports = {
                Workload.ADMIN, Workload.INBOUND, Workload.OUTBOUND, Workload.APP, Workload.DATABASE, Workload.GATEWAY
            };
            for (int port : ports) {
                String address = workload.address(this);
                try (ServerSocket probe = new ServerSocket()) {
                    // Connections of an earlier run may linger in TIME_WAIT; Envoy sets the same option.
                    probe.setReuseAddress(true);
                    probe.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
                } catch (IOException e) {
                    return Optional.of(address + ":" + port + " (" + e.getMessage() + ")");
                }
            }
        }
        return Optional.empty();
    }
}
