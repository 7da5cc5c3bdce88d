package io.meshtrail.source.istio;

import io.meshtrail.source.GoldenFolder;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class IstioJsonGoldenTest {
    @TestFactory
    Stream<DynamicTest> everySampleIsReadAsBefore() throws IOException {
        return new GoldenFolder("istio-json", new IstioJsonDecoder()).tests();
    }
}
