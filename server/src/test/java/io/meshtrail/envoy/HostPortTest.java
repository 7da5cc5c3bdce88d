package io.meshtrail.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostPortTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1:80, 10.0.0.1, 80",
        "'[2001:db8::1]:443', 2001:db8::1, 443",
        "2001:db8::1, 2001:db8::1, -1",
        "10.0.0.1, 10.0.0.1, -1",
        "'envoy://connect_originate/', 'envoy://connect_originate/', -1",
        "10.0.0.1:99999, 10.0.0.1:99999, -1",
        "'', '', -1"
    })
    void addressesAreTakenApart(String text, String address, long port) {
        assertThat(HostPort.of(text)).isEqualTo(new HostPort(address, port));
    }
}
