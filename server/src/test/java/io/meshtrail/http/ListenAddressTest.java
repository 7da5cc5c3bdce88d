package io.meshtrail.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Where listeners may listen.
final class ListenAddressTest {
    @Test
    void an_address_is_read_and_printed() {
        assertThat(ListenAddress.parse("127.0.0.1:4317")).isEqualTo(new ListenAddress("127.0.0.1", 4317));
        assertThat(ListenAddress.parse("[::1]:0"))
                .isEqualTo(new ListenAddress("::1", 0))
                .hasToString("[::1]:0");
    }

    @Test
    void what_is_no_address_is_refused() {
        for (String wrong : List.of("", "4317", ":4317", "host", "host:", "host:70000", "::1:4317", "host:-1", "h:x")) {
            assertThatThrownBy(() -> ListenAddress.parse(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_listener_that_others_can_reach_needs_to_be_meant() {
        for (String open : List.of("0.0.0.0:7070", "[::]:7070", "192.0.2.1:7070")) {
            assertThatThrownBy(() -> ExposureCheck.check("web", ListenAddress.parse(open), false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the web listener would be reachable at " + open)
                    .hasMessageContaining("--insecure");
            assertThatCode(() -> ExposureCheck.check("web", ListenAddress.parse(open), true))
                    .doesNotThrowAnyException();
        }
        for (String closed : List.of("127.0.0.1:7070", "[::1]:7070", "localhost:7070")) {
            assertThatCode(() -> ExposureCheck.check("web", ListenAddress.parse(closed), false))
                    .doesNotThrowAnyException();
        }
    }
}
