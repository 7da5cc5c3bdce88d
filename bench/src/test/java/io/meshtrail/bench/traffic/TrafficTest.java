package io.meshtrail.bench.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.data.accesslog.v3.HTTPAccessLogEntry;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final long TIME = 1_795_528_590_000_000_123L;
    private static final int CALLS = 5_000;

    @Test
    void theSameSeedTellsTheSameStory() {
        assertThat(messages(7)).usingRecursiveComparison().isEqualTo(messages(7));
        assertThat(messages(7).getFirst()).isNotEqualTo(messages(8).getFirst());
    }

    @Test
    void everyEntryHasTwentyFiveFieldsForEnvoysOwnClasses() throws IOException {
        for (HTTPAccessLogEntry entry : entries(1)) {
            assertThat(values(entry)).as("values of %s", entry).isEqualTo(Traffic.FIELDS);
        }
    }

    @Test
    void whatIsPatchedInIsWhatEnvoysClassesRead() throws IOException {
        Traffic traffic = new Traffic(3, Traffic.SERVICES);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            int stream = traffic.call(TIME + i);
            HTTPAccessLogEntry entry = StreamAccessLogsMessage.parseFrom(traffic.message(stream))
                    .getHttpLogs()
                    .getLogEntry(0);
            assertThat(entry.getRequest().getRequestId())
                    .isEqualTo(traffic.requestId())
                    .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}");
            assertThat(entry.getCommonProperties().getStartTime().getSeconds()).isEqualTo(1_795_528_590);
            assertThat(entry.getCommonProperties().getStartTime().getNanos()).isEqualTo(123 + i);
            com.google.protobuf.Duration duration = entry.getCommonProperties().getDuration();
            assertThat(java.time.Duration.ofSeconds(duration.getSeconds(), duration.getNanos()))
                    .isBetween(java.time.Duration.ofNanos(1), java.time.Duration.ofNanos(999_999_999));
            assertThat(entry.getCommonProperties()
                            .getDownstreamRemoteAddress()
                            .getSocketAddress()
                            .getPortValue())
                    .isBetween(32_768, 60_999);
            ids.add(entry.getRequest().getRequestId());
        }
        assertThat(ids).hasSize(1_000);
    }

    @Test
    void aboutTwoInAHundredCallsAreDenied() throws IOException {
        List<HTTPAccessLogEntry> entries = entries(5);
        long denied = entries.stream()
                .filter(entry -> entry.getResponse().getResponseCodeDetails().startsWith("rbac_access_denied"))
                .count();
        assertThat(entries).hasSize(CALLS);
        assertThat(denied).isBetween(CALLS / 100L, CALLS * 3L / 100);
    }

    @Test
    void onlyTheFirstMessageOfAStreamNamesItsNode() throws IOException {
        Traffic traffic = new Traffic(1, Traffic.SERVICES);
        StreamAccessLogsMessage first = StreamAccessLogsMessage.parseFrom(traffic.message(4));
        StreamAccessLogsMessage second = StreamAccessLogsMessage.parseFrom(traffic.message(4));
        assertThat(first.getIdentifier().getNode().getId()).startsWith("sidecar~10.");
        assertThat(second.hasIdentifier()).isFalse();
    }

    private static List<byte[]> messages(long seed) {
        Traffic traffic = new Traffic(seed, Traffic.SERVICES + 28);
        for (int i = 0; i < CALLS; i++) {
            traffic.call(TIME + i);
        }
        List<byte[]> messages = new ArrayList<>();
        for (int stream = 0; stream < traffic.streams(); stream++) {
            messages.add(traffic.message(stream));
        }
        return messages;
    }

    private static List<HTTPAccessLogEntry> entries(long seed) throws IOException {
        List<HTTPAccessLogEntry> entries = new ArrayList<>();
        for (byte[] message : messages(seed)) {
            entries.addAll(
                    StreamAccessLogsMessage.parseFrom(message).getHttpLogs().getLogEntryList());
        }
        return entries;
    }

    /// Values on the wire. A wrapped number, a time and a duration are one each, an item of a list or a map
    /// too.
    private static int values(Message message) {
        String type = message.getDescriptorForType().getFullName();
        if (type.equals("google.protobuf.Timestamp")
                || type.equals("google.protobuf.Duration")
                || type.equals("google.protobuf.UInt32Value")
                || type.equals("google.protobuf.Value")) {
            return 1;
        }
        int values = 0;
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            List<?> items = field.getValue() instanceof List<?> list ? list : List.of(field.getValue());
            boolean isMap = field.getKey().isMapField();
            for (Object item : items) {
                values += isMap ? mapValue((Message) item) : item instanceof Message inner ? values(inner) : 1;
            }
        }
        return values;
    }

    private static int mapValue(Message entry) {
        Object value = entry.getField(entry.getDescriptorForType().findFieldByName("value"));
        return value instanceof Message inner ? values(inner) : 1;
    }
}
