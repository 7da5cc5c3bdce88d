package io.meshtrail.witness;

import io.meshtrail.host.Disk;
import io.meshtrail.host.Host;
import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.NoteSignature;
import io.meshtrail.proof.SignatureType;
import io.meshtrail.proof.SigningKey;
import io.meshtrail.proof.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Who a witness is: an Ed25519 key, and one for ML-DSA-44 if the operator wants it. Made at the first start, then
/// read from the state folder, mode 0600.
public final class WitnessKeys {
    private static final int RANDOM_BYTES = 8;

    private final List<SigningKey> keys;

    private WitnessKeys(List<SigningKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /// @param name what the operator asks for, if anything; else `witness-<16 hex digits>`
    /// @throws IllegalArgumentException if the witness has another name since its first start
    public static WitnessKeys open(Host host, Path state, Optional<String> name, boolean mlDsa) throws IOException {
        byte[] random = new byte[RANDOM_BYTES];
        host.random().nextBytes(random);
        String fresh = name.orElse("witness-" + HexFormat.of().formatHex(random));
        List<SigningKey> keys = new ArrayList<>();
        keys.add(key(host, state.resolve("witness.key"), fresh, SignatureType.COSIGNATURE_ED25519));
        String fixed = keys.getFirst().verifierKey().name();
        if (name.isPresent() && !name.orElseThrow().equals(fixed)) {
            throw new IllegalArgumentException("the witness is called '" + fixed
                    + "' since its first start; it cannot become '" + name.orElseThrow() + "'");
        }
        if (mlDsa) {
            keys.add(key(host, state.resolve("witness-ml-dsa-44.key"), fixed, SignatureType.COSIGNATURE_ML_DSA_44));
        }
        return new WitnessKeys(keys);
    }

    static WitnessKeys of(SigningKey... keys) {
        return new WitnessKeys(List.of(keys));
    }

    private static SigningKey key(Host host, Path file, String name, SignatureType type) throws IOException {
        Disk disk = host.disk();
        try {
            if (disk.exists(file)) {
                return SigningKey.parse(new String(disk.read(file), StandardCharsets.UTF_8).strip());
            }
            SigningKey key = SigningKey.generate(name, type, host.random());
            disk.replace(file, (key.secret() + "\n").getBytes(StandardCharsets.UTF_8));
            disk.makePrivate(file);
            return key;
        } catch (MalformedException wrong) {
            throw new IOException(file + ": " + wrong.getMessage(), wrong);
        }
    }

    /// What others verify the cosignatures with.
    public List<VerifierKey> verifierKeys() {
        return keys.stream().map(SigningKey::verifierKey).toList();
    }

    /// One line for each key.
    ///
    /// @param seconds since 1970, above 0
    List<NoteSignature> cosign(String text, long seconds) {
        return keys.stream().map(key -> key.cosign(text, seconds)).toList();
    }
}
