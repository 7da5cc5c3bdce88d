package io.meshtrail.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;

/// Strict UTF-8. `new String(bytes, UTF_8)` replaces what it does not understand, so that two different
/// signed texts
/// could look alike; here it is refused.
final class Utf8 {
    private Utf8() {}

    static String decode(byte[] bytes, String what) throws MalformedException {
        try {
            return UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new MalformedException(what + " is not valid UTF-8");
        }
    }

    /// Text that we wrote ourselves. Unpaired surrogates have no UTF-8 form and would be signed as question
    /// marks.
    static byte[] encode(String text) {
        try {
            return encodeOrRefuse(text, "text");
        } catch (MalformedException unpaired) {
            throw new IllegalArgumentException(unpaired.getMessage(), unpaired);
        }
    }

    /// Text from elsewhere.
    static byte[] encodeOrRefuse(String text, String what) throws MalformedException {
        try {
            ByteBuffer bytes = UTF_8.newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(text));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return exact;
        } catch (CharacterCodingException unpaired) {
            throw new MalformedException(what + " holds an unpaired surrogate, which has no UTF-8 form");
        }
    }
}
