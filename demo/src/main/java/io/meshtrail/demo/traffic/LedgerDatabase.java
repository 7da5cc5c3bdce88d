package io.meshtrail.demo.traffic;

import io.meshtrail.demo.cast.Subnet;
import io.meshtrail.demo.cast.Workload;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// The service behind the sidecar `ledgerdb`: no HTTP, it answers each piece of bytes with the same bytes.
public final class LedgerDatabase implements Closeable {
    private final ServerSocket server;

    private LedgerDatabase(ServerSocket server) {
        this.server = server;
    }

    /// Starts it.
    ///
    /// @throws IOException when the address is taken
    public static LedgerDatabase start(Subnet subnet) throws IOException {
        InetAddress address = InetAddress.ofLiteral(Workload.LEDGERDB.address(subnet));
        LedgerDatabase database = new LedgerDatabase(new ServerSocket(Workload.DATABASE, 64, address));
        Thread.ofVirtual().name("ledgerdb").start(database::serve);
        return database;
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> echo(client));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    System.err.println("ledgerdb: " + e);
                }
            }
        }
    }

    private static void echo(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            // The sidecar cut a connection that it denied.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
