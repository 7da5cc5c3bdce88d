package io.meshtrail.source.istio;

import io.meshtrail.source.GoldenFolder;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class IstioTextGoldenTest {
    @TestFactory
    Stream<DynamicTest> everySampleIsReadAsBefore() throws IOException {
        return new GoldenFolder("istio-text", new IstioTextDecoder()).tests();
    }
}
