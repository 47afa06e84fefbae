package dev.freshet.storage.dynamodb;

import dev.freshet.event.Consent;
import dev.freshet.event.ShardPosition;
import dev.freshet.feature.UserProfile;
import dev.freshet.storage.Retention;
import dev.freshet.storage.TableKeys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/** A row of Users: attributes as in {@link UserProfile}, times in epoch milliseconds. */
final class UserRow {
    static final String REVISION = "revision";
    static final String ERASED_AT = "erasedAt";

    static final TableSchema<UserRow> SCHEMA =
            RowSchema.of(UserRow.class, UserRow::new)
                    .partitionKey(TableKeys.USER_ID, r -> r.userId, (r, v) -> r.userId = v)
                    .with(
                            "attributes",
                            EnhancedType.mapOf(String.class, String.class),
                            r -> r.attributes,
                            (r, v) -> r.attributes = v)
                    .with(
                            "personalisation",
                            Boolean.class,
                            r -> r.personalisation,
                            (r, v) -> r.personalisation = v)
                    .with("analytics", Boolean.class, r -> r.analytics, (r, v) -> r.analytics = v)
                    .with(
                            "aliases",
                            EnhancedType.listOf(String.class),
                            r -> r.aliases,
                            (r, v) -> r.aliases = v)
                    .with("shown", SdkBytes.class, r -> r.shown, (r, v) -> r.shown = v)
                    .with("shownMark", String.class, r -> r.shownMark, (r, v) -> r.shownMark = v)
                    .with("aliasOf", String.class, r -> r.aliasOf, (r, v) -> r.aliasOf = v)
                    .with(ERASED_AT, Long.class, r -> r.erasedAt, (r, v) -> r.erasedAt = v)
                    .with(REVISION, Long.class, r -> r.revision, (r, v) -> r.revision = v)
                    .with(
                            TableKeys.EXPIRES_AT,
                            Long.class,
                            r -> r.expiresAt,
                            (r, v) -> r.expiresAt = v)
                    .build();

    private String userId = "";
    private @Nullable Map<String, String> attributes;
    private @Nullable Boolean personalisation;
    private @Nullable Boolean analytics;
    private @Nullable List<String> aliases;
    private @Nullable SdkBytes shown;
    private @Nullable String shownMark;
    private @Nullable String aliasOf;
    private @Nullable Long erasedAt;
    private Long revision = 0L;
    private Long expiresAt = 0L;

    /** The row of a profile with its next revision. */
    static UserRow next(UserProfile profile, Instant now) {
        UserRow row = new UserRow();
        Consent consent = profile.consent();
        ShardPosition mark = profile.shownMark();
        Instant erased = profile.erasedAt();
        row.userId = profile.userId();
        row.attributes = profile.attributes().isEmpty() ? null : profile.attributes();
        row.personalisation = consent == null ? null : consent.personalisation();
        row.analytics = consent == null ? null : consent.analytics();
        row.aliases = profile.aliases().isEmpty() ? null : profile.aliases();
        row.shown =
                profile.shown().isEmpty()
                        ? null
                        : SdkBytes.fromByteArrayUnsafe(ShownCodec.encode(profile.shown()));
        row.shownMark = mark == null ? null : mark.toString();
        row.aliasOf = profile.aliasOf();
        row.erasedAt = erased == null ? null : erased.toEpochMilli();
        row.revision = profile.revision() + 1;
        row.expiresAt = Retention.expiry(now, Retention.USERS);
        return row;
    }

    UserProfile value() {
        return new UserProfile(
                userId,
                attributes == null ? Map.of() : attributes,
                personalisation == null || analytics == null
                        ? null
                        : new Consent(personalisation, analytics),
                aliases == null ? List.of() : aliases,
                shown == null ? Map.of() : ShownCodec.decode(shown.asByteArrayUnsafe()),
                shownMark == null ? null : ShardPosition.parse(shownMark),
                aliasOf,
                erasedAt == null ? null : Instant.ofEpochMilli(erasedAt),
                revision);
    }

    String userId() {
        return userId;
    }

    /** Whether the row counts as there: a tombstone does, however old. */
    boolean there(Instant now) {
        return erasedAt != null || !Retention.passed(expiresAt, now);
    }
}
