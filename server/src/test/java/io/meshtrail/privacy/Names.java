package io.meshtrail.privacy;

import io.meshtrail.host.system.SystemHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A subject table in a folder, and what a `root` in memory has on record.
final class Names implements AutoCloseable {
    final InMemoryRoot root;
    final SystemHost host = new SystemHost();
    final SubjectTable table;
    final SubjectView view;

    /// A `root` of erasures alone.
    static final class InMemoryRoot implements SubjectTable.RootRecord {
        final java.util.ArrayList<Pseudonym> entries = new java.util.ArrayList<>();

        @Override
        public long size() {
            return entries.size();
        }

        @Override
        public Set<Pseudonym> erasedSince(long from) {
            return new HashSet<>(entries.subList((int) from, entries.size()));
        }
    }

    Names(Path folder, InMemoryRoot root) throws IOException {
        this(folder, root, 1_000_000);
    }

    Names(Path folder, InMemoryRoot root, int limit) throws IOException {
        this.root = root;
        this.table = SubjectTable.open(host, file(folder), root, limit, failure -> {
            throw new AssertionError(failure);
        });
        this.view = new SubjectView(table);
    }

    static Path file(Path folder) {
        return folder.resolve("subjects");
    }

    Pseudonym add(String value) throws IOException {
        Pseudonym added = table.pseudonymOf(value, SubjectField.USER_ID).orElseThrow();
        table.durable();
        return added;
    }

    void erase(Pseudonym pseudonym) throws IOException {
        root.entries.add(pseudonym);
        table.destroy(pseudonym, root.size());
    }

    EventDisguise disguise(Path folder, SubjectField... fields) throws IOException {
        return new EventDisguise(table, FingerprintKey.open(host, folder.resolve("key")), List.of(fields));
    }

    @Override
    public void close() throws IOException {
        table.close();
    }
}
