package dev.freshet.aws.dynamodb;

import dev.freshet.access.AccessKey;
import dev.freshet.access.KeyKind;
import dev.freshet.access.Origin;
import dev.freshet.access.Proof;
import dev.freshet.aws.row.RowExpiry;
import dev.freshet.aws.row.TableKeys;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * A row of Keys. The proof is in {@code hash}, in {@code publicKey} or, for a derived key, in
 * neither.
 */
record KeyRow(
        String keyId,
        String kind,
        String name,
        @Nullable String hash,
        @Nullable String publicKey,
        List<String> origins,
        String usageKey,
        Instant createdAt,
        @Nullable Instant endsAt,
        @Nullable Instant revokedAt,
        long revision,
        @Nullable Long expiresAt) {
    static final String REVISION = "revision";

    static final TableSchema<KeyRow> SCHEMA = RowSchema.of(KeyRow.class, TableKeys.KEY_ID);

    /** Returns the row of a key, with the next revision. */
    static KeyRow next(AccessKey key) {
        return new KeyRow(
                key.keyId(),
                key.kind().wireName(),
                key.name(),
                key.proof() instanceof Proof.SecretHash secret ? secret.sha256() : null,
                key.proof() instanceof Proof.PublicKey ec ? ec.x509() : null,
                key.origins().stream().map(Origin::text).toList(),
                key.usageKey(),
                key.createdAt(),
                key.expiresAt(),
                key.revokedAt(),
                key.revision() + 1,
                RowExpiry.expiry(key).orElse(null));
    }

    AccessKey value() {
        return new AccessKey(
                keyId,
                KeyKind.of(kind)
                        .orElseThrow(() -> new IllegalStateException("a row of an unknown kind")),
                name,
                proof(),
                origins.stream().map(Origin::new).toList(),
                usageKey,
                createdAt,
                endsAt,
                revokedAt,
                revision);
    }

    private Proof proof() {
        if (hash != null) {
            return new Proof.SecretHash(hash);
        }
        return publicKey == null ? new Proof.Derived() : new Proof.PublicKey(publicKey);
    }

    boolean expired(Instant now) {
        return RowExpiry.passed(expiresAt, now);
    }
}
