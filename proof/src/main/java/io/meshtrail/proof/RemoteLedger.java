package io.meshtrail.proof;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// The static resources of one ledger under its URL prefix (C2SP tlog-tiles, ledger spec section 2), fetched
/// with the
/// JDK's own client. Nothing it answers is trusted; everything is limited in size.
///
/// An [IOException] means that the server could not be asked, and a later try may help. A
/// [MalformedException] means
/// that it answered what no ledger answers.
public final class RemoteLedger {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(60);

    /// Pauses before the second, third and fourth try of a request that a busy server refused.
    private static final long[] PAUSES_MILLIS = {100, 500, 2_000};

    private static final int MAX_TILE_BYTES = TilePath.FULL_WIDTH * Hash.BYTES;

    private final URI prefix;
    private final HttpClient client;

    /// @param prefix for example `https://audit.example/ledger/security/`, with or without the last slash
    public RemoteLedger(URI prefix, HttpClient client) {
        String text = prefix.toString();
        this.prefix = text.endsWith("/") ? prefix : URI.create(text + '/');
        this.client = client;
    }

    /// A client fit for this, to be ended by whoever made it, with `shutdownNow`.
    public static HttpClient client() {
        return HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /// Where a resource is.
    public URI url(Object path) {
        return prefix.resolve(path.toString());
    }

    /// The latest published checkpoint; its signatures are still to be verified.
    public SignedNote checkpoint() throws IOException, InterruptedException, MalformedException {
        Optional<byte[]> bytes = get("checkpoint", SignedNote.MAX_BYTES);
        if (bytes.isEmpty()) {
            throw new IOException("there is no ledger at " + prefix + ": it has no checkpoint");
        }
        return SignedNote.parse(bytes.get());
    }

    /// The signed statement from which entry on the ledger is served; empty if the server makes none, which means
    /// from the first. Its signature is still to be verified.
    public Optional<SignedNote> minimum() throws IOException, InterruptedException, MalformedException {
        Optional<byte[]> bytes = get("minimum", SignedNote.MAX_BYTES);
        return bytes.isEmpty() ? Optional.empty() : Optional.of(SignedNote.parse(bytes.get()));
    }

    /// A tile, or nothing if the server says that it has none. A partial tile that was collected because the
    /// full one
    /// exists is taken from that (ledger spec 2.5).
    public Optional<Tile> tile(TilePath path) throws IOException, InterruptedException, MalformedException {
        Optional<byte[]> bytes = get(path.toString(), MAX_TILE_BYTES);
        if (bytes.isPresent()) {
            return Optional.of(Tile.parse(bytes.get(), path.width()));
        }
        return path.isFull() ? Optional.empty() : tile(path.full()).map(tile -> tile.first(path.width()));
    }

    /// An entry bundle, likewise.
    public Optional<EntryBundle> bundle(TilePath path) throws IOException, InterruptedException, MalformedException {
        Optional<byte[]> bytes = get(path.toString(), EntryBundle.MAX_BYTES);
        if (bytes.isPresent()) {
            return Optional.of(EntryBundle.parse(bytes.get(), path.width()));
        }
        return path.isFull() ? Optional.empty() : bundle(path.full()).map(bundle -> bundle.first(path.width()));
    }

    /// Whether a full bundle is served; costs as much as fetching it.
    boolean serves(TilePath path) throws IOException, InterruptedException {
        try {
            return get(path.toString(), EntryBundle.MAX_BYTES).isPresent();
        } catch (MalformedException tooLong) {
            return true;
        }
    }

    private Optional<byte[]> get(String path, int maxBytes)
            throws IOException, InterruptedException, MalformedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url(path)).timeout(REQUEST_TIMEOUT).header("Accept-Encoding", "gzip, identity");
        if ("http".equals(prefix.getScheme())) {
            // Without TLS the client would first offer an upgrade to HTTP/2 that few servers know.
            request.version(HttpClient.Version.HTTP_1_1);
        }
        for (int attempt = 0; ; attempt++) {
            HttpResponse<byte[]> response = send(request.build(), maxBytes);
            int status = response.statusCode();
            if (status == 200) {
                return Optional.of(plain(path, response, maxBytes));
            }
            if (status == 404 || status == 410) {
                return Optional.empty();
            }
            boolean busy = status == 429 || status >= 500;
            if (!busy || attempt == PAUSES_MILLIS.length) {
                throw new IOException(url(path) + " answered " + status);
            }
            Thread.sleep(PAUSES_MILLIS[attempt]);
        }
    }

    /// One exchange, its body included, within a limit of bytes and of time. The client's own time-out ends
    /// with
    /// the headers, so that a server that stalls in mid-body would hold us forever. Whoever gives up cancels
    /// the
    /// exchange; else the client could never be closed.
    private HttpResponse<byte[]> send(HttpRequest request, int maxBytes) throws IOException, InterruptedException {
        long compressedAtMost = maxBytes + maxBytes / 1_000L + 1_024;
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), compressedAtMost));
        try {
            return exchange.get(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new IOException(request.uri() + " could not be fetched: " + failed.getCause(), failed);
        } catch (TimeoutException late) {
            throw new IOException(request.uri() + " took longer than " + REQUEST_TIMEOUT.toSeconds() + " s", late);
        } finally {
            exchange.cancel(true);
        }
    }

    /// The body without its compression, which a hostile server could have inflated.
    private static byte[] plain(String path, HttpResponse<byte[]> response, int maxBytes)
            throws IOException, MalformedException {
        byte[] bytes = response.body();
        if (response.headers().firstValue("Content-Encoding").orElse("").equalsIgnoreCase("gzip")) {
            try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                bytes = unpacked.readNBytes(maxBytes + 1);
            } catch (ZipException | EOFException damaged) {
                throw new MalformedException(path + " is not valid gzip");
            }
        }
        if (bytes.length > maxBytes) {
            throw new MalformedException(path + " is longer than " + maxBytes + " bytes");
        }
        return bytes;
    }
}
