package io.meshtrail.source.envoy;

import io.meshtrail.event.AuditEvent;
import io.meshtrail.protobuf.MalformedBytesException;
import io.meshtrail.protobuf.ProtoReader;
import io.meshtrail.protobuf.Span;
import org.jspecify.annotations.Nullable;

/// Reads the `Identifier` of a stream: of its 60 KB (Envoy lists all its extensions) only what events need.
final class NodeReader {
    private static final int BYTES = ProtoReader.BYTES;
    private static final int LONGEST = 1_024;

    private final byte[] bytes;

    /// Takes the notes on mended text, which belong to no event.
    private final AuditEvent.Builder notes = AuditEvent.builder();

    private String id = "";
    private String logName = "";
    private String name = "";
    private String namespace = "";
    private String configNamespace = "";
    private String workload = "";
    private String owner = "";
    private String cluster = "";
    private String canonicalName = "";
    private String app = "";
    private boolean istio;

    NodeReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Reads an identifier; what was read before its bytes broke counts too.
    ///
    /// @return what is wrong with it, or nothing
    String readAsFarAsPossible(ProtoReader identifier) {
        try {
            read(identifier);
            return "";
        } catch (MalformedBytesException malformed) {
            return "the stream's identifier: " + malformed.getMessage();
        }
    }

    private void read(ProtoReader identifier) throws MalformedBytesException {
        while (identifier.next()) {
            switch (identifier.key()) {
                case 1 << 3 | BYTES -> readNode(identifier.message());
                case 2 << 3 | BYTES -> logName = text(identifier.span());
                default -> {}
            }
        }
    }

    StreamNode node() {
        String[] parts = id.split("~", -1);
        boolean istioForm = parts.length == 4 && !parts[0].isEmpty();
        String observer = istioForm ? parts[2] : id;
        int dot = observer.lastIndexOf('.');
        String pod = istioForm && dot > 0 ? observer.substring(0, dot) : "";
        String podNamespace = istioForm && dot > 0 ? observer.substring(dot + 1) : "";
        return new StreamNode(
                id,
                istio || istioForm ? "istio" : "envoy",
                observer,
                istioForm ? parts[0] : "",
                istioForm ? parts[1] : "",
                cluster,
                first(namespace, podNamespace, configNamespace),
                first(workload, owner.substring(owner.lastIndexOf('/') + 1), name, pod),
                first(canonicalName, app),
                logName);
    }

    private void readNode(ProtoReader node) throws MalformedBytesException {
        while (node.next()) {
            switch (node.key()) {
                case 1 << 3 | BYTES -> id = text(node.span());
                case 3 << 3 | BYTES -> readMetadata(node.message());
                default -> {}
            }
        }
    }

    private void readMetadata(ProtoReader struct) throws MalformedBytesException {
        StructField field = new StructField();
        while (field.next(struct)) {
            String value = text(field.text());
            switch (text(field.key())) {
                case "NAME", "POD_NAME" -> name = value;
                case "NAMESPACE" -> namespace = value;
                case "CONFIG_NAMESPACE" -> configNamespace = value;
                case "WORKLOAD_NAME" -> workload = value;
                case "OWNER" -> owner = value;
                case "CLUSTER_ID" -> cluster = value;
                case "ISTIO_VERSION", "ISTIO_PROXY_VERSION", "ISTIO_META_INSTANCE_IPS", "PILOT_SAN" -> istio = true;
                case "LABELS" -> readLabels(field.struct());
                case "app" -> app = value;
                default -> {}
            }
        }
    }

    private void readLabels(@Nullable ProtoReader labels) throws MalformedBytesException {
        if (labels == null) {
            return;
        }
        StructField field = new StructField();
        while (field.next(labels)) {
            switch (text(field.key())) {
                case "service.istio.io/canonical-name" -> canonicalName = text(field.text());
                case "app" -> app = text(field.text());
                default -> {}
            }
        }
    }

    /// Names of a sane length; the event's builder would cut them too, but they are kept for the whole stream.
    private String text(long span) {
        long kept = Span.first(span, Math.min(Span.length(span), LONGEST));
        return Utf8.text(notes, "node", bytes, kept);
    }

    private static String first(String... texts) {
        for (String text : texts) {
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }
}
