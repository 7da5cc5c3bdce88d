package io.meshtrail.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshtrail.event.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void everyFieldHasItsColumn() {
        Set<Field> withColumn = new HashSet<>();
        Columns.all().forEach(column -> column.field().ifPresent(withColumn::add));
        assertThat(withColumn).containsExactlyInAnyOrder(Field.values());
    }

    @Test
    void namesAndFieldIdsAreUsedOnce() {
        assertThat(Columns.all()).extracting(Columns.Column::name).doesNotHaveDuplicates();
        assertThat(Columns.all()).extracting(Columns.Column::fieldId).doesNotHaveDuplicates();
    }

    @Test
    void theColumnsStandInTheOrderOfAnEntrysKeys() {
        List<String> keys = new ArrayList<>();
        for (Columns.Column column : Columns.all().subList(1, Columns.all().size())) {
            keys.add(column.field().map(Field::key).orElse(column.name() + "."));
        }
        assertThat(keys).isSorted();
    }

    @Test
    void theFormatPageHasTheSameTable() throws IOException {
        List<String> page = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("../docs/formats/segment.md"))) {
            String[] cells = line.split("\\|");
            if (cells.length > 4 && cells[2].trim().matches("[0-9]+")) {
                page.add(cells[1].trim() + " " + cells[2].trim() + " " + cells[3].trim());
            }
        }
        assertThat(page)
                .containsExactlyElementsOf(Columns.all().stream()
                        .map(column -> column.name() + " " + column.fieldId() + " "
                                + column.role().sqlType())
                        .toList());
    }
}
