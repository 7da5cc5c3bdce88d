package io.meshtrail.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.Address;
import io.meshtrail.event.AuditEvent;
import io.meshtrail.event.Field;
import io.meshtrail.event.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The meaning of the language, one rule a test.
class FilterMatcherTest {
    private static final Address ADDRESS = new Address("security", 1234);
    private static final AuditEvent DENIED = AuditEvent.builder()
            .outcome(Outcome.DENIED)
            .text(Field.HTTP_PATH, "/Admin/users")
            .text(Field.HTTP_HOST, "Shop.Example.com")
            .text(Field.SOURCE_IDENTITY, "spiffe://corp/ns/shop/sa/cart")
            .text(Field.SOURCE_ADDRESS, "10.1.2.3")
            .text(Field.DESTINATION_ADDRESS, "FD00:0:0::7")
            .text(Field.DETAIL, "rbac_access_denied 100%")
            .number(Field.HTTP_STATUS, 403)
            .number(Field.DURATION, 250_000_000)
            .texts(Field.TLS_PEER_SAN, List.of("spiffe://corp/a", "dns:b"))
            .attribute("node.id", "sidecar~1")
            .build();

    @Test
    void aValueIsExactAndCaseSensitive() throws QueryException {
        assertThat(matches("http.path:/Admin/users")).isTrue();
        assertThat(matches("http.path:/admin/users")).isFalse();
        assertThat(matches("http.path:/Admin")).isFalse();
        assertThat(matches("http.path:\"/Admin/users\"")).isTrue();
    }

    @Test
    void hostsIgnoreCase() throws QueryException {
        assertThat(matches("http.host:sHOP.example.COM")).isTrue();
        assertThat(matches("http.host:*.EXAMPLE.com")).isTrue();
    }

    @Test
    void starsMatchAnythingInAndOutOfQuotes() throws QueryException {
        assertThat(matches("http.path:/Admin/*")).isTrue();
        assertThat(matches("source.identity:\"spiffe://*/sa/*\"")).isTrue();
        assertThat(matches("source.identity:\"spiffe:\\*\"")).isFalse();
        assertThat(matches("http.path:*s*s")).isTrue();
        assertThat(matches("http.path:/Admin/users*users")).isFalse();
    }

    @Test
    void wordsAreFoundWhateverTheCase() throws QueryException {
        assertThat(matches("ADMIN")).isTrue();
        assertThat(matches("ns/SHOP")).isTrue();
        assertThat(matches("\"denied 100%\"")).isTrue();
        assertThat(matches("rbac*100")).isTrue();
        assertThat(matches("example")).isFalse();
    }

    @Test
    void notIncludesEventsWithoutTheField() throws QueryException {
        assertThat(matches("-policy.name:x")).isTrue();
        assertThat(matches("policy.name!=x")).isTrue();
        assertThat(matches("NOT grpc.status>3")).isTrue();
        assertThat(matches("policy.name:*")).isFalse();
        assertThat(matches("-policy.name:*")).isTrue();
    }

    @Test
    void listsMatchByAnyElement() throws QueryException {
        assertThat(matches("tls.peer_san:dns:b")).isTrue();
        assertThat(matches("tls.peer_san:spiffe*")).isTrue();
        assertThat(matches("tls.peer_san:spiffe")).isFalse();
    }

    @Test
    void numbersHaveUnitsAndClasses() throws QueryException {
        assertThat(matches("http.status:4xx duration>=250ms duration<0.3s")).isTrue();
        assertThat(matches("duration>250ms")).isFalse();
    }

    @Test
    void addressesBelongToNetworks() throws QueryException {
        assertThat(matches("source.address:10.0.0.0/8 destination.address:fd00::/16"))
                .isTrue();
        assertThat(matches("source.address:10.1.2.2/32")).isFalse();
        assertThat(matches("source.address:\"::ffff:10.1.0.0/112\"")).isTrue();
    }

    @Test
    void placeAndAttributesAreSearchable() throws QueryException {
        assertThat(matches("ledger:security leafIndex:1234 attributes.node.id:sidecar*"))
                .isTrue();
        assertThat(matches("ledger:traffic OR leafIndex>1234 OR attributes.node:*"))
                .isFalse();
    }

    private static boolean matches(String query) throws QueryException {
        return new FilterMatcher(QueryParser.parse(query, 0)).matches(ADDRESS, DENIED);
    }
}
