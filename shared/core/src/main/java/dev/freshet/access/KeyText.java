package dev.freshet.access;

import dev.freshet.access.AccessKey.KeyKind;
import dev.freshet.access.AccessKey.Proof;
import dev.freshet.check.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a key as its holder sends it: {@code fpk_<keyId>_<secret>}, {@code
 * fsk_<keyId>_<secret>}, {@code fik_<keyId>_<secret>} or {@code fek_<keyId>_<secret>}.
 *
 * @param kind publishable, secret, insights or experiments
 * @param keyId 12 characters
 * @param secret 52 characters of base32, lower case: 32 random bytes
 */
public record KeyText(KeyKind kind, String keyId, String secret) {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int BITS = 5;

    private static final Pattern FORM =
            Pattern.compile("(fpk|fsk|fik|fek)_([a-z0-9]{12})_([a-z2-7]{52})");

    /** The hash that is compared if a key does not exist; no secret is known to have it. */
    private static final Proof.SecretHash NOBODYS = new Proof.SecretHash("0".repeat(64));

    /** Parses a key; empty if the text is not a key. */
    public static Optional<KeyText> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new KeyText(kind(form.group(1)), form.group(2), form.group(3)))
                : Optional.empty();
    }

    private static KeyKind kind(String prefix) {
        return switch (prefix) {
            case "fsk" -> KeyKind.SECRET;
            case "fik" -> KeyKind.INSIGHTS;
            case "fek" -> KeyKind.EXPERIMENTS;
            default -> KeyKind.PUBLISHABLE;
        };
    }

    /** Returns the text that is shown once to the holder. */
    public String text() {
        return kind.prefix() + "_" + keyId + "_" + secret;
    }

    /** Returns the hash that is stored. */
    public Proof.SecretHash hash() {
        return new Proof.SecretHash(HexFormat.of().formatHex(Sha256.digest(secret)));
    }

    /**
     * Whether this is the key of a row. The work does not depend on whether the row exists or on
     * the position of the first wrong byte: hashes are compared by {@link MessageDigest#isEqual}.
     *
     * @param row the stored row of this id, or empty
     */
    public boolean opens(Optional<AccessKey> row) {
        Optional<Proof.SecretHash> kept =
                row.filter(key -> key.kind() == kind)
                        .map(AccessKey::proof)
                        .filter(Proof.SecretHash.class::isInstance)
                        .map(Proof.SecretHash.class::cast);
        boolean same = MessageDigest.isEqual(kept.orElse(NOBODYS).bytes(), Sha256.digest(secret));
        return same && kept.isPresent();
    }

    /** Returns a text without the secret. */
    @Override
    public String toString() {
        return "KeyText[" + kind.wireName() + " " + keyId + "]";
    }

    /**
     * Encodes bytes in base32 (RFC 4648), in lower case and without padding. The result has 8
     * characters for every 5 bytes, rounded up to whole characters.
     */
    static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length * 8 / BITS + 1);
        int held = 0;
        int bits = 0;
        for (byte next : bytes) {
            held = ((held << 8) | (next & 0xff)) & 0xfff;
            bits += 8;
            while (bits >= BITS) {
                bits -= BITS;
                text.append(ALPHABET.charAt((held >> bits) & 31));
            }
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt((held << (BITS - bits)) & 31));
        }
        return text.toString();
    }
}
