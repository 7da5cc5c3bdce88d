package io.meshtrail.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Paths both ways, what exists at a size, and the tiles of trees up to 131,072 entries (must-pass item 5).
final class TileVectorsTest {
    @Test
    void pathsAreReadAndWrittenAlike() throws Exception {
        Json vectors = Json.read("tiles/paths.json");
        for (Json one : vectors.get("tile_paths").list()) {
            long index = one.get("index").number();
            int width = (int) one.get("width").number();
            TilePath path = one.get("level").isText()
                    ? TilePath.entries(index, width)
                    : TilePath.hashes((int) one.get("level").number(), index, width);
            assertThat(path).hasToString(one.get("path").text());
            assertThat(TilePath.parse(one.get("path").text())).isEqualTo(path);
        }
        for (Json one : vectors.get("index_encoding").list()) {
            TilePath path = TilePath.entries(one.get("index").number(), 256);
            assertThat(path).hasToString("tile/entries/" + one.get("path").text());
            assertThat(TilePath.parse(path.toString())).isEqualTo(path);
        }
    }

    @Test
    void pathsThatAreNotCanonicalAreRefused() throws Exception {
        for (Json path : Json.read("tiles/paths.json").get("reject").list()) {
            assertThatThrownBy(() -> TilePath.parse(path.text()))
                    .as(path.text())
                    .isInstanceOf(MalformedException.class);
        }
        for (String path :
                List.of("", "tile", "tile/0", "checkpoint", "/tile/0/000", "tile/0/000/", "tile/0/x001/x/067")) {
            assertThatThrownBy(() -> TilePath.parse(path)).as(path).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void whatExistsAtASizeIsAsStated() throws Exception {
        for (Json one : Json.read("tiles/paths.json").get("resources_by_size").list()) {
            checkLayout(
                    new TileLayout(one.get("size").number()), one.get("levels").list());
        }
    }

    private static void checkLayout(TileLayout layout, List<Json> levels) {
        assertThat(layout.levels()).isEqualTo(levels.size());
        for (Json level : levels) {
            int l = (int) level.get("level").number();
            long full = level.get("full").number();
            assertThat(layout.fullTiles(l)).isEqualTo(full);
            assertThat(layout.partialWidth(l))
                    .isEqualTo((int) level.get("partial_width").number());
            Optional<String> partial = layout.tile(l, full).map(TilePath::toString);
            assertThat(partial.isPresent()).isEqualTo(level.has("partial_path"));
            partial.ifPresent(
                    path -> assertThat(path).isEqualTo(level.get("partial_path").text()));
            assertThat(layout.partials().stream().map(TilePath::toString).toList())
                    .containsAll(partial.stream().toList());
            if (full > 0) {
                assertThat(layout.tile(l, full - 1).orElseThrow())
                        .hasToString(level.get("last_full_path").text());
            }
        }
    }

    @Test
    void pruningMayTakeOnlyWhatEndsBelowTheMinimumIndex() {
        assertThat(TilePath.entries(0, 256).endIndex()).isEqualTo(256);
        assertThat(TilePath.hashes(0, 272, 256).endIndex()).isEqualTo(69_888);
        assertThat(TilePath.hashes(1, 0, 256).endIndex()).isEqualTo(65_536);
        assertThat(TilePath.hashes(63, 0, 1).endIndex()).isEqualTo(Long.MAX_VALUE);
        assertThat(TilePath.hashes(0, (1L << 55) - 1, 1).endIndex()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void tilesOfBigTreesAreThePublishedOnesAndServeProofs() throws Exception {
        Json tree = Json.read("tiles/paths.json").get("tree_of_uint64_leaves");
        TileFolder folder = new TileFolder();
        for (Json one : tree.get("trees").list()) {
            long size = one.get("size").number();
            for (long i = folder.size(); i < size; i++) {
                folder.append(Cosignature.uint64(i));
            }
            assertThat(folder.head())
                    .isEqualTo(new TreeHead(size, one.get("root_hex").hex()));
            checkLayout(new TileLayout(size), one.get("levels").list());
            Map<String, Hash> digests = new HashMap<>();
            for (Json tile : one.get("tiles").list()) {
                digests.put(tile.get("path").text(), tile.get("sha256_hex").hex());
                byte[] bytes =
                        folder.tile(TilePath.parse(tile.get("path").text())).bytes();
                assertThat(bytes).hasSize((int) tile.get("bytes").number());
                assertThat(TreeHasher.get().sha256(bytes))
                        .isEqualTo(tile.get("sha256_hex").hex());
            }
            assertThat(digests).isNotEmpty();
            TileHashReader reader = new TileHashReader(size, folder);
            assertThat(reader.root(size)).isEqualTo(folder.head().root());
            assertThat(CompactRange.read(size, reader).head()).isEqualTo(folder.head());
            for (long i = 0; i < size; i += 4_999) {
                assertThat(InclusionProof.build(i, size, reader)
                                .proves(
                                        Hash.leaf(Cosignature.uint64(i)),
                                        folder.head().root()))
                        .isTrue();
            }
        }
    }
}
