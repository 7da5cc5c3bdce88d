package io.meshtrail.ledger;

import io.meshtrail.proof.Hash;
import io.meshtrail.proof.VerifierKey;
import java.io.IOException;
import java.util.Optional;

/// What is left of one ledger, and what is known of what it had.
///
/// @param tree the entries that are here
/// @param origin of the youngest epoch that data or state know
/// @param key of that epoch
/// @param signed the largest checkpoint of that epoch that is known anywhere
/// @param secret whether the state folder has the signing key of that epoch
/// @param remembered whether the state folder has a checkpoint of that epoch
/// @param behind whether the data folder is of an earlier epoch
record Remains(
        LedgerTree tree,
        LogOrigin origin,
        VerifierKey key,
        Optional<SignedHead> signed,
        boolean secret,
        boolean remembered,
        boolean behind) {
    long here() {
        return tree.size();
    }

    long signedSize() {
        return signed.map(SignedHead::size).orElse(0L);
    }

    /// Whether the epoch cannot go on: it signed what is no longer here, or nobody knows any more what it
    /// signed, or nobody can sign for it.
    boolean mustClose() {
        return !secret || behind || signedSize() > here() || (!remembered && here() > 0);
    }

    /// Why, in words.
    String why() {
        if (signedSize() > here()) {
            return "entries " + here() + " to " + (signedSize() - 1) + " were signed and are not here";
        }
        if (!secret) {
            return "its signing key is lost";
        }
        return behind ? "the data folder is of an earlier epoch" : "what it signed last is not known";
    }

    /// What is here and was signed must be the same. If it is not, something was changed and not lost,
    /// and no new epoch may vouch for it.
    void requireSameHistory() throws IOException {
        if (signed.isPresent() && signedSize() <= here()) {
            SignedHead head = signed.orElseThrow();
            Hash root = tree.rootAt(head.size());
            if (!root.equals(head.checkpoint().root())) {
                throw new IOException("ledger " + origin.ledger() + " has root " + root + " at size " + head.size()
                        + ", but " + head.where() + " has " + head.checkpoint().root()
                        + ": this is not a loss but a change; `meshtrail verify --data` names it, and an untouched"
                        + " backup is the way on");
            }
        }
    }
}
