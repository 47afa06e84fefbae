package dev.freshet.aws.dynamodb;

import dev.freshet.attribute.AttributeValue;
import dev.freshet.aws.row.RowExpiry;
import dev.freshet.aws.row.TableKeys;
import dev.freshet.event.Consent;
import dev.freshet.event.ShardPosition;
import dev.freshet.experiment.enrolment.Enrolments;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import dev.freshet.store.RetentionPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/** A row of Users: the attributes of {@link UserProfile}, times in epoch milliseconds. */
final class UserRow {
    static final String REVISION = "revision";
    static final String ERASED_AT = "erasedAt";

    static final TableSchema<UserRow> SCHEMA =
            RowSchema.of(UserRow.class, UserRow::new)
                    .partitionKey(TableKeys.USER_ID, r -> r.userId, (r, v) -> r.userId = v)
                    .with(
                            "attributes",
                            AttributesConverter.INSTANCE,
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
                    .with("enrolled", SdkBytes.class, r -> r.enrolled, (r, v) -> r.enrolled = v)
                    .with("aliasOf", String.class, r -> r.aliasOf, (r, v) -> r.aliasOf = v)
                    .with(ERASED_AT, Long.class, r -> r.erasedAt, (r, v) -> r.erasedAt = v)
                    .with("erasure", String.class, r -> r.erasure, (r, v) -> r.erasure = v)
                    .with(
                            "erasedAliases",
                            EnhancedType.listOf(String.class),
                            r -> r.erasedAliases,
                            (r, v) -> r.erasedAliases = v)
                    .with(
                            "erasureTaken",
                            String.class,
                            r -> r.erasureTaken,
                            (r, v) -> r.erasureTaken = v)
                    .with(REVISION, Long.class, r -> r.revision, (r, v) -> r.revision = v)
                    .with(
                            TableKeys.EXPIRES_AT,
                            Long.class,
                            r -> r.expiresAt,
                            (r, v) -> r.expiresAt = v)
                    .build();

    private String userId = "";
    private @Nullable Map<String, AttributeValue> attributes;
    private @Nullable Boolean personalisation;
    private @Nullable Boolean analytics;
    private @Nullable List<String> aliases;
    private @Nullable SdkBytes shown;
    private @Nullable String shownMark;
    private @Nullable SdkBytes enrolled;
    private @Nullable String aliasOf;
    private @Nullable Long erasedAt;
    private @Nullable String erasure;
    private @Nullable List<String> erasedAliases;
    private @Nullable String erasureTaken;
    private Long revision = 0L;
    private Long expiresAt = 0L;

    /** Returns the row of a profile, with the next revision. */
    static UserRow next(UserProfile profile, Instant now, RetentionPolicy retention) {
        UserRow row = new UserRow();
        Consent consent = profile.consent();
        ShardPosition mark = profile.shownMark();
        Tombstone tombstone = profile.tombstone();
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
        row.enrolled =
                profile.enrolled().isEmpty()
                        ? null
                        : SdkBytes.fromByteArrayUnsafe(EnrolmentsCodec.encode(profile.enrolled()));
        row.aliasOf = profile.aliasOf();
        if (tombstone != null) {
            ShardPosition taken = tombstone.appliedPosition();
            row.erasedAt = tombstone.erasedAt().toEpochMilli();
            row.erasure = tombstone.erasureId();
            row.erasedAliases = tombstone.aliases().isEmpty() ? null : tombstone.aliases();
            row.erasureTaken = taken == null ? null : taken.toString();
        }
        row.revision = profile.revision() + 1;
        row.expiresAt = RowExpiry.expiry(profile, now, retention);
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
                enrolled == null
                        ? Enrolments.NONE
                        : EnrolmentsCodec.decode(enrolled.asByteArrayUnsafe()),
                aliasOf,
                tombstone(),
                revision);
    }

    private @Nullable Tombstone tombstone() {
        return erasedAt == null
                ? null
                : new Tombstone(
                        erasure == null ? "" : erasure,
                        Instant.ofEpochMilli(erasedAt),
                        erasedAliases == null ? List.of() : erasedAliases,
                        erasureTaken == null ? null : ShardPosition.parse(erasureTaken));
    }

    String userId() {
        return userId;
    }

    /**
     * Returns whether the row counts as present: until it expires; a row with a tombstone always.
     */
    boolean exists(Instant now) {
        return erasedAt != null || !RowExpiry.passed(expiresAt, now);
    }
}
