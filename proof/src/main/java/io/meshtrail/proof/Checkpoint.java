package io.meshtrail.proof;

import java.util.ArrayList;
import java.util.List;

/// What a ledger signs about itself: origin, tree size, root (C2SP tlog-checkpoint, ledger spec section 4).
///
/// ```
/// example.com/behind-the-sofa
/// 20852163
/// CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
/// ```
///
/// @param origin     which ledger; compared as bytes, never interpreted
/// @param extensions further lines, not empty; discouraged, and Meshtrail writes none
public record Checkpoint(String origin, long treeSize, Hash root, List<String> extensions) {
    public Checkpoint {
        extensions = List.copyOf(extensions);
        if (origin.isEmpty() || hasControl(origin)) {
            throw new IllegalArgumentException("origin is empty or holds a control character: " + Shown.of(origin));
        }
        if (treeSize < 0 || (treeSize == 0 && !root.equals(Hash.EMPTY_ROOT))) {
            throw new IllegalArgumentException("no tree has the size " + treeSize + " and the root " + root);
        }
        for (String extension : extensions) {
            if (extension.isEmpty() || hasControl(extension)) {
                throw new IllegalArgumentException("extension line is empty or holds a control character");
            }
        }
    }

    public static Checkpoint of(String origin, TreeHead head) {
        return new Checkpoint(origin, head.treeSize(), head.root(), List.of());
    }

    /// Reads the text of a note, strictly: nothing has two spellings.
    public static Checkpoint parse(String text) throws MalformedException {
        if (!text.endsWith("\n")) {
            throw new MalformedException("checkpoint does not end in a line end");
        }
        List<String> lines = new ArrayList<>();
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start);
            String line = text.substring(start, end);
            if (line.isEmpty() || hasControl(line)) {
                throw new MalformedException(
                        "checkpoint line " + (lines.size() + 1) + " is empty or holds a control character");
            }
            lines.add(line);
            start = end + 1;
        }
        if (lines.size() < 3) {
            throw new MalformedException(
                    "checkpoint has " + lines.size() + " lines, expected origin, tree size and root hash");
        }
        long treeSize = Decimal.parse(lines.get(1), "checkpoint tree size");
        Hash root;
        try {
            root = Hash.fromBase64(lines.get(2));
        } catch (MalformedException badRoot) {
            throw badRoot.in("checkpoint root");
        }
        if (treeSize == 0 && !root.equals(Hash.EMPTY_ROOT)) {
            throw new MalformedException("checkpoint of the empty tree has the root " + root);
        }
        return new Checkpoint(lines.get(0), treeSize, root, lines.subList(3, lines.size()));
    }

    /// Whether only the root is wrong in this text: the size is 0 and the root is not [Hash#EMPTY_ROOT].
    static boolean isEmptyTreeWithRoot(String text) {
        String[] lines = text.split("\n", 4);
        if (lines.length != 4 || !lines[1].equals("0") || lines[2].equals(Hash.EMPTY_ROOT.base64())) {
            return false;
        }
        try {
            Hash.fromBase64(lines[2]);
            parse(lines[0] + "\n0\n" + Hash.EMPTY_ROOT.base64() + "\n" + lines[3]);
            return true;
        } catch (MalformedException otherwiseWrongToo) {
            return false;
        }
    }

    /// The first line of a text that [#parse] or [#isEmptyTreeWithRoot] has accepted.
    static String originOf(String text) {
        return text.substring(0, text.indexOf('\n'));
    }

    private static boolean hasControl(String line) {
        return line.chars().anyMatch(c -> c < 0x20);
    }

    public TreeHead head() {
        return new TreeHead(treeSize, root);
    }

    /// The text that is signed.
    public String text() {
        StringBuilder text =
                new StringBuilder(origin).append('\n').append(treeSize).append('\n');
        text.append(root.base64()).append('\n');
        for (String extension : extensions) {
            text.append(extension).append('\n');
        }
        return text.toString();
    }

    /// The published form: this checkpoint signed by the ledger's key, or by the old and the new one during a
    /// rotation.
    public SignedNote sign(SigningKey... keys) {
        List<NoteSignature> signatures = new ArrayList<>();
        for (SigningKey key : keys) {
            signatures.add(key.sign(text()));
        }
        return new SignedNote(text(), signatures);
    }
}
