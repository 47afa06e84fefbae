package dev.freshet.functions;

import dev.freshet.functions.Problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Percent-encoding of UTF-8 (RFC 3986), decoded strictly: bytes that are not UTF-8 are refused and
 * not replaced by U+FFFD, because a replacement would make one id of two.
 */
final class PercentEncoding {
    private static final char REPLACEMENT = '\ufffd';

    private PercentEncoding() {}

    /**
     * Decodes path parameters, which a REST API passes on as they were sent.
     *
     * @throws ProblemException 400 if one is not UTF-8 in percent-encoding
     */
    static Map<String, String> decoded(Map<String, String> parameters) {
        Map<String, String> decoded = new HashMap<>();
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            try {
                decoded.put(parameter.getKey(), decode(parameter.getValue()));
            } catch (CharacterCodingException malformed) {
                throw ProblemException.of(
                        400,
                        "bad-path-parameter",
                        "The "
                                + parameter.getKey()
                                + " in the path is not UTF-8 in percent-encoding.");
            }
        }
        return decoded;
    }

    /**
     * Checks query parameters, which a REST API passes on decoded, so that their bytes are not
     * known here. U+FFFD is what decoders put in place of bytes that are not UTF-8.
     *
     * @throws ProblemException 400 if a name or a value holds U+FFFD
     */
    static void checkDecoded(Map<String, List<String>> parameters) {
        boolean replaced =
                parameters.entrySet().stream()
                        .flatMap(
                                parameter ->
                                        Stream.concat(
                                                Stream.of(parameter.getKey()),
                                                parameter.getValue().stream()))
                        .anyMatch(text -> text.indexOf(REPLACEMENT) >= 0);
        if (replaced) {
            throw ProblemException.of(
                    400,
                    "bad-parameters",
                    "A query parameter is not UTF-8 in percent-encoding, or holds U+FFFD.");
        }
    }

    /**
     * Decodes a text; characters other than {@code %} stand for themselves, {@code +} too.
     *
     * @throws CharacterCodingException if a {@code %} is not followed by two hexadecimal digits, or
     *     the bytes are not UTF-8
     */
    static String decode(String text) throws CharacterCodingException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int from = 0;
        for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', from)) {
            bytes.writeBytes(utf8(text.substring(from, at)));
            bytes.write(octet(text, at));
            from = at + 3;
        }
        bytes.writeBytes(utf8(text.substring(from)));
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes.toByteArray()))
                .toString();
    }

    private static byte[] utf8(String text) throws CharacterCodingException {
        ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    private static int octet(String text, int at) throws CharacterCodingException {
        if (at + 2 >= text.length()
                || !HexFormat.isHexDigit(text.charAt(at + 1))
                || !HexFormat.isHexDigit(text.charAt(at + 2))) {
            throw new MalformedInputException(1);
        }
        return HexFormat.fromHexDigits(text, at + 1, at + 3);
    }
}
