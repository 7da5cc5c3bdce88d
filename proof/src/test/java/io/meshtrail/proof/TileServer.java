package io.meshtrail.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/// A web server of static resources on a free port, small enough to lie on purpose.
final class TileServer implements AutoCloseable {
    /// What is served for a path; absent is 404.
    final Map<String, byte[]> resources = new ConcurrentHashMap<>();

    /// How many of the next requests are answered 503.
    final AtomicInteger busy = new AtomicInteger();

    private final boolean gzip;
    private final ServerSocket socket;

    TileServer(boolean gzip) throws IOException {
        this.gzip = gzip;
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /// Serves everything that a checkpoint of the folder's size implies.
    static TileServer of(TileFolder folder, SigningKey key, boolean gzip) throws IOException {
        TileServer server = new TileServer(gzip);
        TileLayout layout = new TileLayout(folder.size());
        for (int level = 0; level < layout.levels(); level++) {
            for (long index = 0; layout.tile(level, index).isPresent(); index++) {
                TilePath path = layout.tile(level, index).get();
                server.resources.put(path.toString(), folder.bytes(path));
                if (level == 0) {
                    TilePath entries = layout.entries(index).orElseThrow();
                    server.resources.put(entries.toString(), folder.bytes(entries));
                }
            }
        }
        server.resources.put(
                "checkpoint",
                Checkpoint.of(key.verifierKey().name(), folder.head()).sign(key).bytes());
        return server;
    }

    URI prefix() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/ledger/security");
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection;
                InputStream in = new BufferedInputStream(connection.getInputStream());
                OutputStream out = new BufferedOutputStream(connection.getOutputStream(), 1 << 16)) {
            connection.setTcpNoDelay(true);
            for (String request = line(in); !request.isEmpty(); request = line(in)) {
                while (!line(in).isEmpty()) {
                    // Headers say nothing that matters here.
                }
                String path = request.substring("GET /ledger/security/".length(), request.lastIndexOf(' '));
                answer(path, out);
                out.flush();
            }
        } catch (IOException gone) {
            // The client hung up.
        }
    }

    private void answer(String path, OutputStream out) throws IOException {
        Optional<byte[]> body = Optional.ofNullable(resources.get(path));
        int status = body.isPresent() ? 200 : 404;
        if (busy.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            status = 503;
        }
        byte[] bytes = status == 200 ? body.orElseThrow() : new byte[0];
        boolean zipped = gzip && path.contains("entries") && status == 200;
        if (zipped) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream packer = new GZIPOutputStream(packed)) {
                packer.write(bytes);
            }
            bytes = packed.toByteArray();
        }
        String head = "HTTP/1.1 " + status + " x\r\nContent-Length: " + bytes.length
                + (zipped ? "\r\nContent-Encoding: gzip" : "") + "\r\n\r\n";
        out.write(head.getBytes(ISO_8859_1));
        out.write(bytes);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
