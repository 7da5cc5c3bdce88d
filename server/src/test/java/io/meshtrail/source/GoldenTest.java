package io.meshtrail.source;

import io.meshtrail.app.Decoders;
import io.meshtrail.mask.Mask;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every format that the server understands has a folder of samples with its name.
final class GoldenTest {
    @TestFactory
    Stream<DynamicContainer> everySampleIsReadAsBefore() throws IOException {
        Stream.Builder<DynamicContainer> formats = Stream.builder();
        for (Decoder decoder : Decoders.all(Mask.DEFAULT)) {
            List<DynamicTest> tests =
                    new GoldenFolder(decoder.format(), decoder).tests().toList();
            formats.add(DynamicContainer.dynamicContainer(decoder.format(), tests));
        }
        return formats.build();
    }
}
