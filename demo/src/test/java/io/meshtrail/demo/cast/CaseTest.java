package io.meshtrail.demo.cast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class CaseTest {
    @Test
    void theRatesOfAllCasesAddUpToTwoHundredCallsASecond() {
        assertThat(Arrays.stream(Case.values()).mapToDouble(Case::perSecond).sum())
                .isEqualTo(200);
    }

    @Test
    void whatIsDeniedOrFailsHappensAFewTimesASecondAtMost() {
        for (Case each : Case.values()) {
            if (!"allowed".equals(each.expected().fields().get("outcome"))) {
                assertThat(each.perSecond()).as(each.label()).isBetween(0.0, 3.0);
            }
        }
    }

    @Test
    void aLabelLeadsBackToItsCase() {
        for (Case each : Case.values()) {
            assertThat(Case.ofLabel(each.label())).contains(each);
        }
        assertThat(Case.ofLabel("no-such-case")).isEmpty();
    }

    @Test
    void noTwoCasesHaveTheSameQuery() {
        assertThat(Arrays.stream(Case.values()).map(each -> each.expected().query()))
                .doesNotHaveDuplicates();
    }

    @Test
    void aQueryQuotesWhatIsNotAWord() {
        assertThat(Case.DENIED_BY_POLICY.expected().query())
                .isEqualTo("kind:request outcome:denied http.path:\"/orders/list\" reason:policy_denied "
                        + "observer.side:server destination.workload:orders");
    }

    @Test
    void anAddressThatSomebodyHoldsIsNamed() throws IOException {
        Subnet subnet = new Subnet("127.0.199");
        String address = Workload.WEB.address(subnet);
        try (ServerSocket holder = new ServerSocket(Workload.INBOUND, 1, InetAddress.ofLiteral(address))) {
            assertThat(holder.isBound()).isTrue();
            assertThat(subnet.taken())
                    .hasValueSatisfying(text -> assertThat(text).startsWith(address + ":" + Workload.INBOUND));
        }
        assertThat(subnet.taken()).isEmpty();
    }

    @Test
    void onlyLoopbackSubnetsAreTaken() {
        for (String wrong : new String[] {"127.0.0", "10.0.1", "127.0.256", "127.0", "127.0.1.1"}) {
            assertThatThrownBy(() -> new Subnet(wrong)).hasMessageContaining(wrong);
        }
    }
}
