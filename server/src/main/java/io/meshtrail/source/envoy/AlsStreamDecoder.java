package io.meshtrail.source.envoy;

import io.meshtrail.mask.Mask;
import io.meshtrail.protobuf.MalformedBytesException;
import io.meshtrail.protobuf.ProtoReader;
import io.meshtrail.protobuf.Span;
import io.meshtrail.source.Decoded;
import io.meshtrail.source.StreamDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads one stream of Envoy's Access Log Service v3: `StreamAccessLogsMessage` with HTTP or TCP entries.
///
/// * Each entry is read by itself: one whose bytes are broken gives one rejection, and the others are not
///   touched. A message that breaks between entries gives the entries before the break and one rejection.
/// * The identifier comes in the first message only; one in a later message replaces it from there on. A
///   stream that never sends one loses nothing: its events say `attributes.producer_unidentified`.
/// * A listener's entry about a connection that went well is kept, as an allowed connection: nobody can know
///   here whether another log tells of it too. Who does not want it filters at the proxy.
/// * An entry without any content is ignored.
///
/// For one thread; holds some 200 KB at most, whatever the stream sends.
public final class AlsStreamDecoder implements StreamDecoder {
    private static final int IDENTIFIER = 1 << 3 | ProtoReader.BYTES;
    private static final int HTTP_LOGS = 2 << 3 | ProtoReader.BYTES;
    private static final int TCP_LOGS = 3 << 3 | ProtoReader.BYTES;
    private static final int LOG_ENTRY = 1 << 3 | ProtoReader.BYTES;
    private static final byte[] NOTHING = {};

    private final EntryFacts facts = new EntryFacts();
    private final EntryReader reader = new EntryReader(facts);
    private final EventDraft draft;
    private StreamNode node = StreamNode.UNIDENTIFIED;

    /// @param mask what takes the secrets out
    public AlsStreamDecoder(Mask mask) {
        this.draft = new EventDraft(facts, mask);
    }

    @Override
    public List<Decoded> message(byte[] message, long received) {
        List<Decoded> decoded = new ArrayList<>();
        String broken = identify(message);
        ProtoReader fields = new ProtoReader(message);
        try {
            while (fields.next()) {
                logs(fields, message, received, decoded);
            }
        } catch (MalformedBytesException malformed) {
            // A message that was cut off still holds the entries before the cut.
            if (!fields.isCut() || !logs(fields, message, received, decoded)) {
                broken = "the message breaks: " + malformed.getMessage();
            }
        }
        facts.clear(NOTHING, true);
        if (!broken.isEmpty()) {
            decoded.add(new Decoded.Rejection(decoded.size() + 1, broken));
        }
        return decoded;
    }

    @Override
    public String producer() {
        return node.identified() ? node.id() : "unknown";
    }

    /// Takes the identifier before any entry, wherever it stands in the message.
    ///
    /// @return what is wrong with it, or nothing
    private String identify(byte[] message) {
        ProtoReader fields = new ProtoReader(message);
        try {
            while (fields.next()) {
                if (fields.key() == IDENTIFIER) {
                    NodeReader identifier = new NodeReader(message);
                    String broken = identifier.readAsFarAsPossible(fields.message());
                    node = identifier.node();
                    return broken;
                }
            }
        } catch (MalformedBytesException malformed) {
            // The walk over the entries meets the same break and reports it.
            return "";
        }
        return "";
    }

    /// Decodes the entries of a field of the message, if it holds any.
    ///
    /// @return whether the list broke, which then was rejected
    private boolean logs(ProtoReader fields, byte[] message, long received, List<Decoded> decoded) {
        return switch (fields.key()) {
            case HTTP_LOGS -> entries(fields.message(), message, true, received, decoded);
            case TCP_LOGS -> entries(fields.message(), message, false, received, decoded);
            default -> false;
        };
    }

    private boolean entries(ProtoReader list, byte[] message, boolean http, long received, List<Decoded> decoded) {
        try {
            while (list.next()) {
                if (list.key() == LOG_ENTRY) {
                    decoded.add(entry(list, message, http, received, decoded.size() + 1));
                }
            }
            return false;
        } catch (MalformedBytesException malformed) {
            decoded.add(new Decoded.Rejection(
                    decoded.size() + 1, "the list of log entries breaks: " + malformed.getMessage()));
            return true;
        }
    }

    private Decoded entry(ProtoReader list, byte[] message, boolean http, long received, int number) {
        long span = list.span();
        if (span == Span.NONE) {
            return new Decoded.Ignored("an entry without content");
        }
        try {
            facts.clear(message, http);
            if (http) {
                reader.readHttp(list.message());
            } else {
                reader.readTcp(list.message());
            }
            return new Decoded.Event(
                    draft.write(node, received), Arrays.copyOfRange(message, Span.from(span), Span.end(span)));
        } catch (MalformedBytesException malformed) {
            return new Decoded.Rejection(
                    number, (http ? "HTTP" : "TCP") + " log entry " + number + ": " + malformed.getMessage());
        }
    }
}
