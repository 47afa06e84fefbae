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
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * A row of Keys. Times are epoch milliseconds, except the expiry of the row, which is epoch
 * seconds. The proof is in {@code hash}, in {@code publicKey} or, for a derived key, in neither.
 */
final class KeyRow {
    static final String REVISION = "revision";

    static final TableSchema<KeyRow> SCHEMA =
            RowSchema.of(KeyRow.class, KeyRow::new)
                    .partitionKey(TableKeys.KEY_ID, r -> r.keyId, (r, v) -> r.keyId = v)
                    .with("kind", String.class, r -> r.kind, (r, v) -> r.kind = v)
                    .with("name", String.class, r -> r.name, (r, v) -> r.name = v)
                    .with("hash", String.class, r -> r.hash, (r, v) -> r.hash = v)
                    .with("publicKey", String.class, r -> r.publicKey, (r, v) -> r.publicKey = v)
                    .with(
                            "origins",
                            EnhancedType.listOf(String.class),
                            r -> r.origins,
                            (r, v) -> r.origins = v)
                    .with("usageKey", String.class, r -> r.usageKey, (r, v) -> r.usageKey = v)
                    .with("createdAt", Long.class, r -> r.createdAt, (r, v) -> r.createdAt = v)
                    .with("endsAt", Long.class, r -> r.endsAt, (r, v) -> r.endsAt = v)
                    .with("revokedAt", Long.class, r -> r.revokedAt, (r, v) -> r.revokedAt = v)
                    .with(REVISION, Long.class, r -> r.revision, (r, v) -> r.revision = v)
                    .with(
                            TableKeys.EXPIRES_AT,
                            Long.class,
                            r -> r.expiresAt,
                            (r, v) -> r.expiresAt = v)
                    .build();

    private String keyId = "";
    private String kind = "";
    private String name = "";
    private @Nullable String hash;
    private @Nullable String publicKey;
    private List<String> origins = List.of();
    private String usageKey = "";
    private Long createdAt = 0L;
    private @Nullable Long endsAt;
    private @Nullable Long revokedAt;
    private Long revision = 0L;
    private @Nullable Long expiresAt;

    /** Returns the row of a key, with the next revision. */
    static KeyRow next(AccessKey key) {
        KeyRow row = new KeyRow();
        row.keyId = key.keyId();
        row.kind = key.kind().wireName();
        row.name = key.name();
        switch (key.proof()) {
            case Proof.SecretHash secret -> row.hash = secret.sha256();
            case Proof.PublicKey ec -> row.publicKey = ec.x509();
            case Proof.Derived derived -> {}
        }
        row.origins = key.origins().stream().map(Origin::text).toList();
        row.usageKey = key.usageKey();
        row.createdAt = key.createdAt().toEpochMilli();
        row.endsAt = millis(key.expiresAt());
        row.revokedAt = millis(key.revokedAt());
        row.revision = key.revision() + 1;
        row.expiresAt = RowExpiry.expiry(key).orElse(null);
        return row;
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
                Instant.ofEpochMilli(createdAt),
                instant(endsAt),
                instant(revokedAt),
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

    private static @Nullable Long millis(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
