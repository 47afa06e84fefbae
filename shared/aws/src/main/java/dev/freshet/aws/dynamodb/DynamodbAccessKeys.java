package dev.freshet.aws.dynamodb;

import dev.freshet.access.AccessKey;
import dev.freshet.access.AccessKey.KeyKind;
import dev.freshet.access.AccessKey.Origin;
import dev.freshet.access.AccessKey.Proof;
import dev.freshet.access.AccessKeys;
import dev.freshet.privacy.RowExpiry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * The access keys in DynamoDB. Reads are consistent, at one read unit each, so that a revocation
 * takes effect at once. Listing scans the table, which holds some tens of rows of less than a KB.
 */
public final class DynamodbAccessKeys implements AccessKeys {
    private static final String STORE = "The Keys table";

    private final Rows<Row> table;
    private final InstantSource clock;

    public DynamodbAccessKeys(
            DynamoDbEnhancedClient client, String tableName, InstantSource clock) {
        this.table = Rows.of(client, tableName, Row.SCHEMA, STORE);
        this.clock = clock;
    }

    @Override
    public Optional<AccessKey> get(String keyId) {
        return table.get(Rows.key(keyId))
                .filter(found -> !found.expired(clock.instant()))
                .map(Row::value);
    }

    @Override
    public boolean put(AccessKey key) {
        Conditions condition =
                key.revision() == 0
                        ? Conditions.absent(TableKeys.KEY_ID)
                                .or(Conditions.expired(clock.instant()))
                        : Conditions.equal(Row.REVISION, key.revision());
        return table.put(Row.next(key), condition);
    }

    @Override
    public List<AccessKey> list() {
        Instant now = clock.instant();
        return table.all(
                rows ->
                        rows.filter(row -> !row.expired(now))
                                .limit(MAX_LISTED)
                                .map(Row::value)
                                .sorted(Comparator.comparing(AccessKey::keyId))
                                .toList());
    }

    /**
     * A row of Keys. The proof is in {@code hash}, in {@code publicKey} or, for a derived key, in
     * neither.
     */
    private record Row(
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
            @Nullable Long expiresAt)
            implements Rows.Expiring {
        static final String REVISION = "revision";

        static final TableSchema<Row> SCHEMA = RowSchema.of(Row.class, TableKeys.KEY_ID);

        /** Returns the row of a key, with the next revision. */
        static Row next(AccessKey key) {
            return new Row(
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
                            .orElseThrow(
                                    () -> new IllegalStateException("a row of an unknown kind")),
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
    }
}
