package io.meshtrail.ledger.fsck;

import io.meshtrail.proof.MalformedException;
import io.meshtrail.proof.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The key in a ledger's folder: it must be a verifier key, and the one with which `root` says the ledger was opened.
final class LedgerKey {
    private LedgerKey() {}

    static Optional<VerifierKey> read(DataFolder folder, String ledger, Statements statements, Findings findings)
            throws IOException {
        String file = "ledger/" + ledger + "/key";
        if (!folder.disk().exists(folder.of(file))) {
            findings.add(0, 0, file, "there is none, although the ledger exists");
            return Optional.empty();
        }
        try {
            String text = new String(folder.disk().read(folder.of(file)), StandardCharsets.UTF_8);
            if (!text.endsWith("\n")) {
                throw new MalformedException("the line does not end");
            }
            VerifierKey key = VerifierKey.parse(text.substring(0, text.length() - 1));
            Optional<String> opened = statements.key(ledger);
            if (opened.isPresent() && !opened.orElseThrow().equals(key.toString())) {
                findings.add(0, 0, file, "root says that the ledger was opened with " + opened.orElseThrow());
            }
            return Optional.of(key);
        } catch (MalformedException damaged) {
            findings.add(0, 0, file, damaged.getMessage());
            return Optional.empty();
        }
    }
}
