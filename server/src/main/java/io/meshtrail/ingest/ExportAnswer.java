package io.meshtrail.ingest;

import io.meshtrail.http.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// OTLP's answer to an export that was taken: empty, or with the part that was not understood.
///
/// @param records as in [ExportIntake#records]
/// @param reasons why, for people; the first few are told
record ExportAnswer(String records, int rejected, List<String> reasons) {
    private static final int FIRST_REASONS = 5;
    private static final int LONGEST = 1_000;

    /// `partial_success` is field 1; in it the count is field 1 and the message field 2.
    byte[] protobuf() {
        if (rejected == 0) {
            return new byte[0];
        }
        byte[] message = message().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream partial = new ByteArrayOutputStream();
        partial.write(1 << 3);
        varint(rejected, partial);
        partial.write(2 << 3 | 2);
        varint(message.length, partial);
        partial.writeBytes(message);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write(1 << 3 | 2);
        varint(partial.size(), answer);
        answer.writeBytes(partial.toByteArray());
        return answer.toByteArray();
    }

    /// 64-bit numbers are strings in the JSON of protobuf.
    byte[] json() {
        return Json.bytes(json -> {
            json.writeStartObject();
            if (rejected > 0) {
                json.writeName("partialSuccess");
                json.writeStartObject();
                json.writeStringProperty("rejected" + records, Integer.toString(rejected));
                json.writeStringProperty("errorMessage", message());
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }

    String message() {
        return message(reasons);
    }

    static String message(List<String> reasons) {
        String first = reasons.stream().limit(FIRST_REASONS).collect(Collectors.joining("; "));
        String cut = first.length() > LONGEST ? first.substring(0, LONGEST) + "…" : first;
        return reasons.size() > FIRST_REASONS ? cut + "; and " + (reasons.size() - FIRST_REASONS) + " more" : cut;
    }

    private static void varint(int number, ByteArrayOutputStream out) {
        int rest = number;
        while (rest > 0x7F) {
            out.write(rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
