#!/usr/bin/env python3
"""Recomputes the root of every Meshtrail ledger from a data folder, and compares it with the signed checkpoint.

    python3 recompute.py DATA [--key VKEY ...]

Written from docs/formats alone; it shares no code with Meshtrail. It needs Python 3.9, pyarrow, and for the signatures
either the package `cryptography` or the program `openssl` (3.0 or newer). Without --key it takes the keys that lie in the
folder, which proves that the folder fits itself; with --key it takes none but yours.

The folder must not be in use: stop the server, or copy the folder.
"""
import argparse
import base64
import datetime
import hashlib
import json
import os
import re
import struct
import subprocess
import sys
import tempfile

import pyarrow.parquet

# ---- the Merkle tree: RFC 6962, section 2.1

def leaf_hash(entry):
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """The complete subtrees that cover the leaves so far, tallest first, and the roots of the sizes asked for."""

    def __init__(self, sizes=()):
        self.nodes, self.size, self.sizes, self.roots = [], 0, set(sizes), {}
        self.note_root()

    def append(self, node, height=0):
        self.nodes.append((height, node))
        self.size += 1 << height
        while len(self.nodes) > 1 and self.nodes[-1][0] == self.nodes[-2][0]:
            height, right = self.nodes.pop()
            _, left = self.nodes.pop()
            self.nodes.append((height + 1, node_hash(left, right)))
        self.note_root()

    def note_root(self):
        if self.size in self.sizes:
            self.roots[self.size] = self.root()

    def root(self):
        if not self.nodes:
            return hashlib.sha256(b"").digest()
        root = self.nodes[-1][1]
        for _, left in reversed(self.nodes[:-1]):
            root = node_hash(left, root)
        return root

# ---- docs/formats/segment.md: from a row to its entry

INTEGERS = {"bytes_in", "bytes_out", "destination_port", "duration", "grpc_status", "http_status", "producer_sequence",
            "source_port"}
LISTS = {"tls_peer_san", "user_groups"}
DERIVED = {"leafIndex", "time", "received"}
# Names with an underscore of their own; in all others it stands for the dot.
UNDERSCORES = {"tls_peer_fingerprint": "tls.peer_fingerprint", "tls_peer_issuer": "tls.peer_issuer",
               "tls_peer_san": "tls.peer_san", "tls_peer_subject": "tls.peer_subject",
               "source_peer_address": "source.peer_address"}
SHORT = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}
ESCAPES = {**{code: "\\u%04x" % code for code in range(32)}, **SHORT}


def string(text):
    return '"' + text.translate(ESCAPES) + '"'


def time(nanos):
    seconds, rest = divmod(nanos, 1_000_000_000)
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)
    return '"%s.%09dZ"' % (moment.strftime("%Y-%m-%dT%H:%M:%S"), rest)


def member(column, value):
    if column == "attributes":
        pairs = json.loads(value, object_pairs_hook=list)
        return ",".join(string("attributes." + name) + ":" + string(text) for name, text in pairs)
    if column in ("time_ns", "received_ns"):
        return '"%s":%s' % (column[:-3], time(value))
    key = UNDERSCORES.get(column, column.replace("_", "."))
    if column in INTEGERS:
        return '"%s":%d' % (key, value)
    return '"%s":%s' % (key, value if column in LISTS else string(value))


def segment_entries(path, first, end):
    expected = first
    with pyarrow.parquet.ParquetFile(path) as parquet:
        for batch in parquet.iter_batches(batch_size=8192):
            columns = [(name, batch.column(i).to_pylist()) for i, name in enumerate(batch.schema.names)
                       if name not in DERIVED]
            indexes = batch.column(batch.schema.names.index("leafIndex")).to_pylist()
            for row, index in enumerate(indexes):
                if index != expected:
                    raise Wrong("%s: row %s where %d must follow" % (path, index, expected))
                expected += 1
                members = [member(name, values[row]) for name, values in columns
                           if values[row] is not None and not (name == "attributes" and values[row] == "{}")]
                yield ("{" + ",".join(members + ['"v":1']) + "}").encode()
    if expected != end:
        raise Wrong("%s: rows end at %d, the manifest says %d" % (path, expected, end))

# ---- docs/formats/manifest.md and journal.md

def manifest(data):
    try:
        with open(os.path.join(data, "manifest"), "rb") as file:
            whole = file.read()
    except FileNotFoundError:
        return {}
    body, _, last = whole[:-1].rpartition(b"\n")
    body += b"\n"
    if last != b"sha256 " + hashlib.sha256(body).hexdigest().encode():
        raise Wrong("manifest: the sum in the last line is wrong")
    segments = {}
    for line in body.decode().splitlines()[1:]:
        ledger, first, end, root, file, size, sha256 = line.split(" ")[:7]
        segments.setdefault(ledger, []).append((int(first), int(end), root, file, sha256))
    return segments


def journal_entries(folder, sealed):
    """The entries from `sealed` on. Checksums need no check here: the leaf hashes say more."""
    expected = sealed
    for name in sorted(name for name in os.listdir(folder) if re.fullmatch(r"\d{20}\.journal", name)):
        with open(os.path.join(folder, name), "rb") as file:
            magic, first, _ = struct.unpack(">8sQI", file.read(20))
            if magic != b"MTJRNL1\n" or first != int(name[:20]):
                raise Wrong("%s/%s: not the header of this file" % (folder, name))
            while len(head := file.read(40)) == 40:
                length, _, index = struct.unpack(">IIQ", head[:16])
                entry = file.read(length)
                if len(entry) < length or length > 65_535:
                    break  # a record that was being written when the process died
                if index == expected:
                    yield entry
                    expected += 1
                elif index > expected:
                    raise Wrong("%s/%s: entry %d where %d must follow" % (folder, name, index, expected))

# ---- docs/formats/note.md and checkpoint.md

def parse_key(text):
    name, key_id, key = text.strip().split("+", 2)
    raw = base64.b64decode(key)
    if raw[0] != 1 or hashlib.sha256(name.encode() + b"\n" + raw).hexdigest()[:8] != key_id:
        raise Wrong("not an Ed25519 verifier key: " + text)
    return name, bytes.fromhex(key_id), raw[1:]


def parse_note(note):
    text, _, signatures = note.rpartition("\n\n")
    lines = re.findall("^\u2014 (\\S+) (\\S+)$", signatures, re.MULTILINE)
    return text + "\n", [(name, base64.b64decode(signature)) for name, signature in lines]


def verify_ed25519(public, signature, message):
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return verify_with_openssl(public, signature, message)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        return True
    except InvalidSignature:
        return False


def verify_with_openssl(public, signature, message):
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("key", "signature", "message")]
        der = bytes.fromhex("302a300506032b6570032100") + public
        for path, content in zip(paths, (der, signature, message)):
            with open(path, "wb") as file:
                file.write(content)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-rawin",
                   "-inkey", paths[0], "-sigfile", paths[1], "-in", paths[2]]
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def signed_head(data, ledger, keys):
    with open(os.path.join(data, "ledger", ledger, "checkpoint"), encoding="utf-8") as file:
        text, signatures = parse_note(file.read())
    origin, size, root = text.splitlines()[:3]
    for name, key_id, public in keys:
        for signer, signature in signatures:
            if name == signer == origin and signature[:4] == key_id:
                if verify_ed25519(public, signature[4:], text.encode()):
                    return int(size), base64.b64decode(root)
                raise Wrong("the signature of %s does not verify" % origin)
    raise Wrong("no trusted key signed the checkpoint of %s" % origin)

# ---- docs/formats/tiles.md: the hashes over a pruned prefix

def append_prefix(tree, data, ledger, first):
    for tile in range(0, first // 256, 256):
        number = "%03d" % (tile // 256 % 1000)
        rest = tile // 256 // 1000
        while rest:
            number, rest = "x%03d/%s" % (rest % 1000, number), rest // 1000
        base = os.path.join(data, "ledger", ledger, "tile", "1", number)
        paths = [base] + [os.path.join(base + ".p", name) for name in
                          (os.listdir(base + ".p") if os.path.isdir(base + ".p") else [])]
        hashes = max((open(path, "rb").read() for path in paths if os.path.exists(path)), key=len, default=b"")
        for place in range(min(256, first // 256 - tile)):
            tree.append(hashes[place * 32:place * 32 + 32], 8)


class Wrong(Exception):
    """What is not as the formats say."""


def check(data, ledger, segments, trusted):
    key_file = os.path.join(data, "ledger", ledger, "key")
    size, root = signed_head(data, ledger, trusted or [parse_key(open(key_file, encoding="utf-8").read())])
    tree = Tree([size])
    if segments and segments[0][0] > 0:
        append_prefix(tree, data, ledger, segments[0][0])
    for first, end, _, file, sha256 in segments:
        path = os.path.join(data, "segments", ledger, file)
        with open(path, "rb") as whole:
            found = hashlib.sha256(whole.read()).hexdigest()
        if found != sha256:
            raise Wrong("%s: SHA-256 is %s, the manifest says %s" % (path, found, sha256))
        for entry in segment_entries(path, first, end):
            tree.append(leaf_hash(entry))
    for entry in journal_entries(os.path.join(data, "journal", ledger), tree.size):
        tree.append(leaf_hash(entry))
    if tree.size < size:
        raise Wrong("the checkpoint says %d entries, %d are here" % (size, tree.size))
    if tree.roots[size] != root:
        raise Wrong("the first %d entries have the root %s, the signed checkpoint says %s" % (
            size, base64.b64encode(tree.roots[size]).decode(), base64.b64encode(root).decode()))
    return size, base64.b64encode(root).decode()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("data")
    arguments.add_argument("--key", action="append", default=[])
    options = arguments.parse_args()
    failed = False
    try:
        trusted = [parse_key(key) for key in options.key]
        segments = manifest(options.data)
        ledgers = sorted(os.listdir(os.path.join(options.data, "ledger")))
    except (Wrong, OSError) as wrong:
        sys.exit("NOT SOUND: %s" % wrong)
    for ledger in ledgers:
        try:
            size, root = check(options.data, ledger, segments.get(ledger, []), trusted)
            print("%-10s size %d, root %s: recomputed from the files, signature verified" % (ledger, size, root))
        except (Wrong, OSError, ValueError, pyarrow.ArrowException) as wrong:
            failed = True
            print("%-10s NOT SOUND: %s" % (ledger, wrong))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
