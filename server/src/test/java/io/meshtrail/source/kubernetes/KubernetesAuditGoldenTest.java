package io.meshtrail.source.kubernetes;

import io.meshtrail.source.GoldenFolder;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class KubernetesAuditGoldenTest {
    @TestFactory
    Stream<DynamicTest> everySampleIsReadAsBefore() throws IOException {
        return new GoldenFolder("kubernetes-audit", new KubernetesAuditDecoder()).tests();
    }
}
