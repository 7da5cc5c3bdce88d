package io.meshtrail.demo.traffic;

import io.meshtrail.demo.cast.Case;
import io.meshtrail.demo.policy.PolicyTimeline;
import java.io.IOException;

/// The call that feels the policy changes: allowed or denied as the policy in force says, over one kept
/// connection.
final class ReportCall implements Call {
    private final HttpCall call;
    private final PolicyTimeline timeline;

    ReportCall(HttpCall call, PolicyTimeline timeline) {
        this.call = call;
        this.timeline = timeline;
    }

    @Override
    public Case make() throws IOException {
        int status = call.status();
        if (status != 200 && status != 403) {
            throw new IOException("status " + status + " instead of 200 or 403");
        }
        return timeline.reported(status == 200);
    }

    @Override
    public void close() throws IOException {
        call.close();
    }
}
