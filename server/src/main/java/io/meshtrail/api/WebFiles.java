package io.meshtrail.api;

import com.linecorp.armeria.common.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/// Files of the class path under a root, with the `.br` and `.gz` that the build laid beside them.
final class WebFiles {
    private final ClassLoader classes;
    private final String root;

    WebFiles(ClassLoader classes, String root) {
        this.classes = classes;
        this.root = root;
    }

    /// @param encoding what the bytes are compressed with, if anything
    /// @param tag an ETag
    record Found(byte[] bytes, Optional<String> encoding, String tag) {}

    /// @param path from the root, with a leading slash and no `..`
    /// @param accepted the Accept-Encoding header
    Optional<Found> find(String path, String accepted) throws IOException {
        if (accepts(accepted, "br")) {
            Optional<byte[]> brotli = read(path + ".br");
            if (brotli.isPresent()) {
                return Optional.of(found(brotli.get(), Optional.of("br")));
            }
        }
        if (accepts(accepted, "gzip")) {
            Optional<byte[]> gzip = read(path + ".gz");
            if (gzip.isPresent()) {
                return Optional.of(found(gzip.get(), Optional.of("gzip")));
            }
        }
        return read(path).map(bytes -> found(bytes, Optional.empty()));
    }

    private static Found found(byte[] bytes, Optional<String> encoding) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return new Found(
                bytes,
                encoding,
                "\"" + HexFormat.of().toHexDigits(sum.getValue(), 8) + "-" + bytes.length + encoding.orElse("") + "\"");
    }

    private Optional<byte[]> read(String path) throws IOException {
        try (InputStream file = classes.getResourceAsStream(root + path)) {
            return file == null ? Optional.empty() : Optional.of(file.readAllBytes());
        }
    }

    /// Whether a coding is named and not by `q=0`.
    static boolean accepts(String header, String coding) {
        return Arrays.stream(header.split(","))
                .map(part -> part.replace(" ", ""))
                .anyMatch(part ->
                        part.equals(coding) || (part.startsWith(coding + ";") && !part.matches(".*;q=0(\\.0*)?")));
    }

    static MediaType typeOf(String path) {
        return switch (path.substring(path.lastIndexOf('.') + 1)) {
            case "html" -> MediaType.HTML_UTF_8;
            case "js", "mjs" -> MediaType.parse("text/javascript; charset=utf-8");
            case "css" -> MediaType.CSS_UTF_8;
            case "json", "map" -> MediaType.create("application", "json");
            case "svg" -> MediaType.parse("image/svg+xml");
            case "png" -> MediaType.PNG;
            case "ico" -> MediaType.ICO;
            case "woff2" -> MediaType.parse("font/woff2");
            case "webmanifest" -> MediaType.parse("application/manifest+json");
            case "txt" -> MediaType.PLAIN_TEXT_UTF_8;
            default -> MediaType.create("application", "octet-stream");
        };
    }
}
