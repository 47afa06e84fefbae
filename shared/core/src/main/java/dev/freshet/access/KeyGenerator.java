package dev.freshet.access;

import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes keys. */
public final class KeyGenerator {
    private static final String ID = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String USAGE =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 12;
    private static final int USAGE_LENGTH = 40;
    private static final int SECRET_BYTES = 32;

    private final RandomGenerator random;

    /**
     * A mint.
     *
     * @param random what nobody can foresee: a {@code SecureRandom} but in tests
     */
    public KeyGenerator(RandomGenerator random) {
        this.random = random;
    }

    /**
     * A new key.
     *
     * @param row to be put, of revision 0
     * @param shown what its holder is given, once; for user tokens the HS256 secret, whose ASCII
     *     characters are the signing key, and nothing where the holder has a private key
     */
    public record Minted(AccessKey row, String shown) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Minted[" + row + "]";
        }
    }

    /**
     * A publishable key.
     *
     * @param origins empty: pages of every site may use it
     */
    public Minted publishable(
            String name, List<Origin> origins, Instant now, @Nullable Instant expiresAt) {
        return generated(KeyKind.PUBLISHABLE, name, origins, now, expiresAt);
    }

    /** A secret key. */
    public Minted secret(String name, Instant now, @Nullable Instant expiresAt) {
        return generated(KeyKind.SECRET, name, List.of(), now, expiresAt);
    }

    /**
     * A key for user tokens signed with HS256.
     *
     * @param stack signs with the stack's secret
     */
    public Minted hs256(String name, Signer stack, Instant now, @Nullable Instant expiresAt) {
        AccessKey row = userTokens(name, new Proof.Derived(), now, expiresAt);
        return new Minted(row, UserTokens.hs256Secret(stack, row.keyId()));
    }

    /** A key for user tokens signed with ES256. */
    public Minted es256(
            String name, Proof.PublicKey publicKey, Instant now, @Nullable Instant expiresAt) {
        return new Minted(userTokens(name, publicKey, now, expiresAt), "");
    }

    private Minted generated(
            KeyKind kind,
            String name,
            List<Origin> origins,
            Instant now,
            @Nullable Instant expiresAt) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        KeyText text = new KeyText(kind, draw(ID, ID_LENGTH), Base32.of(secret));
        AccessKey row =
                new AccessKey(
                        text.keyId(),
                        kind,
                        name,
                        text.hash(),
                        origins,
                        draw(USAGE, USAGE_LENGTH),
                        now,
                        expiresAt,
                        null,
                        0);
        return new Minted(row, text.text());
    }

    private AccessKey userTokens(
            String name, Proof proof, Instant now, @Nullable Instant expiresAt) {
        return new AccessKey(
                draw(ID, ID_LENGTH),
                KeyKind.USER_TOKENS,
                name,
                proof,
                List.of(),
                draw(USAGE, USAGE_LENGTH),
                now,
                expiresAt,
                null,
                0);
    }

    private String draw(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
