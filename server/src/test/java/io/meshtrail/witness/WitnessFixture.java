package io.meshtrail.witness;

import io.meshtrail.host.Disk;
import io.meshtrail.host.Host;
import io.meshtrail.host.Station;
import io.meshtrail.host.StationThread;
import io.meshtrail.host.system.SystemHost;
import io.meshtrail.proof.Checkpoint;
import io.meshtrail.proof.CompactRange;
import io.meshtrail.proof.ConsistencyProof;
import io.meshtrail.proof.Hash;
import io.meshtrail.proof.SignatureType;
import io.meshtrail.proof.SignedNote;
import io.meshtrail.proof.SigningKey;
import io.meshtrail.proof.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A witness over a folder, and a log that it knows.
final class WitnessFixture {
    static final long SECONDS = 1_795_000_000L;
    static final String ORIGIN = "log.example/security";

    final WatchedDisk disk = new WatchedDisk();
    final Path state;
    final SigningKey log;

    WitnessFixture(Path state) throws Exception {
        this.state = state;
        this.log = SigningKey.ofSeed(ORIGIN, SignatureType.ED25519, new byte[32]);
    }

    /// The witness as a start finds it.
    Witness start(boolean mlDsa) throws IOException {
        return start(List.of(log.verifierKey()), mlDsa);
    }

    Witness start(List<VerifierKey> logs, boolean mlDsa) throws IOException {
        Host host = new FixedHost(disk.disk());
        WitnessKeys keys = WitnessKeys.open(host, state, Optional.of("witness.example/w1"), mlDsa);
        return new Witness(host, state, keys, new KnownLogs(host.disk(), state.resolve("logs.txt"), logs));
    }

    /// The tree of so many entries; `flavour` makes another history of it.
    static SignedNote signed(SigningKey log, long size, String flavour) {
        return Checkpoint.of(log.verifierKey().name(), tree(size, flavour).head())
                .sign(log);
    }

    private static CompactRange tree(long size, String flavour) {
        CompactRange tree = new CompactRange();
        for (long i = 0; i < size; i++) {
            tree.append(leaf(i, flavour));
        }
        return tree;
    }

    private static Hash leaf(long leafIndex, String flavour) {
        return Hash.leaf((flavour + leafIndex).getBytes(StandardCharsets.UTF_8));
    }

    /// The request for a tree of `newSize` entries.
    byte[] request(long oldSize, long newSize, String flavour) {
        List<Hash> proof = oldSize == 0 || oldSize >= newSize ? List.of() : proof(oldSize, newSize, flavour);
        StringBuilder body = new StringBuilder("old " + oldSize + "\n");
        proof.forEach(hash -> body.append(hash.base64()).append('\n'));
        return (body + "\n" + signed(log, newSize, flavour).print()).getBytes(StandardCharsets.UTF_8);
    }

    static List<Hash> proof(long oldSize, long newSize, String flavour) {
        return ConsistencyProof.build(oldSize, newSize, (height, index) -> {
                    List<Hash> row = new ArrayList<>();
                    for (long i = index << height; i < (index + 1) << height; i++) {
                        row.add(leaf(i, flavour));
                    }
                    while (row.size() > 1) {
                        List<Hash> above = new ArrayList<>();
                        for (int i = 0; i < row.size(); i += 2) {
                            above.add(Hash.node(row.get(i), row.get(i + 1)));
                        }
                        row = above;
                    }
                    return row.getFirst();
                })
                .hashes();
    }

    /// A machine whose clock stands.
    record FixedHost(Disk disk) implements Host {
        @Override
        public long now() {
            return SECONDS * 1_000_000_000L + 7;
        }

        @Override
        public long elapsed() {
            return 0;
        }

        @Override
        public SecureRandom random() {
            return new SystemHost().random();
        }

        @Override
        public StationThread run(String name, Station station, Consumer<Throwable> onFailure) {
            throw new IllegalStateException("nothing runs here");
        }

        @Override
        public void execute(Runnable task) {
            task.run();
        }
    }
}
