package dev.freshet.access;

import dev.freshet.access.AccessKey.KeyKind;
import dev.freshet.access.AccessKey.Origin;
import dev.freshet.access.AccessKey.Proof;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Creates keys. */
public final class KeyGenerator {
    private static final String ID = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String USAGE =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 12;
    private static final int USAGE_LENGTH = 40;
    private static final int SECRET_BYTES = 32;

    private final RandomGenerator random;

    /**
     * Creates a generator.
     *
     * @param random a {@code SecureRandom}, except in tests
     */
    public KeyGenerator(RandomGenerator random) {
        this.random = random;
    }

    /**
     * A new key.
     *
     * @param row the row to store, of revision 0
     * @param shown the text that is shown once to the holder; for user tokens the HS256 secret,
     *     whose ASCII characters are the signing key, and empty if the holder has a private key
     */
    public record Minted(AccessKey row, String shown) {
        /** Returns a text without the secret. */
        @Override
        public String toString() {
            return "Minted[" + row + "]";
        }
    }

    /**
     * Creates a publishable key.
     *
     * @param origins the origins that may use it; empty allows every origin
     */
    public Minted publishable(
            String name, List<Origin> origins, Instant now, @Nullable Instant expiresAt) {
        return generated(KeyKind.PUBLISHABLE, name, origins, now, expiresAt);
    }

    /** Creates a secret key. */
    public Minted secret(String name, Instant now, @Nullable Instant expiresAt) {
        return generated(KeyKind.SECRET, name, List.of(), now, expiresAt);
    }

    /** Creates a key for the owner's dashboard. */
    public Minted insights(String name, Instant now, @Nullable Instant expiresAt) {
        return generated(KeyKind.INSIGHTS, name, List.of(), now, expiresAt);
    }

    /** Creates a key for the owner's dashboard that also changes experiments. */
    public Minted experiments(String name, Instant now, Instant expiresAt) {
        return generated(KeyKind.EXPERIMENTS, name, List.of(), now, expiresAt);
    }

    /**
     * Creates a key for user tokens that are signed with HS256.
     *
     * @param stack the signer under the stack's secret
     */
    public Minted hs256(String name, Signer stack, Instant now, @Nullable Instant expiresAt) {
        AccessKey row = userTokens(name, new Proof.Derived(), now, expiresAt);
        return new Minted(row, UserTokens.hs256Secret(stack, row.keyId()));
    }

    /** Creates a key for user tokens that are signed with ES256. */
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
        KeyText text = new KeyText(kind, draw(ID, ID_LENGTH), KeyText.base32(secret));
        AccessKey row = row(text.keyId(), kind, name, text.hash(), origins, now, expiresAt);
        return new Minted(row, text.text());
    }

    private AccessKey userTokens(
            String name, Proof proof, Instant now, @Nullable Instant expiresAt) {
        String keyId = draw(ID, ID_LENGTH);
        return row(keyId, KeyKind.USER_TOKENS, name, proof, List.of(), now, expiresAt);
    }

    private AccessKey row(
            String keyId,
            KeyKind kind,
            String name,
            Proof proof,
            List<Origin> origins,
            Instant now,
            @Nullable Instant expiresAt) {
        String usage = draw(USAGE, USAGE_LENGTH);
        return new AccessKey(keyId, kind, name, proof, origins, usage, now, expiresAt, null, 0);
    }

    private String draw(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
