package dev.freshet.storage.dynamodb;

import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primaryPartitionKey;

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
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticTableSchema;

/** A row of Users: attributes as in {@link UserProfile}, times in epoch milliseconds. */
final class UserRow {
    static final String REVISION = "revision";
    static final String ERASED_AT = "erasedAt";

    static final TableSchema<UserRow> SCHEMA =
            StaticTableSchema.builder(UserRow.class)
                    .newItemSupplier(UserRow::new)
                    .addAttribute(
                            String.class,
                            a ->
                                    a.name(TableKeys.USER_ID)
                                            .getter(r -> r.userId)
                                            .setter((r, v) -> r.userId = v)
                                            .tags(primaryPartitionKey()))
                    .addAttribute(
                            EnhancedType.mapOf(String.class, String.class),
                            a ->
                                    a.name("attributes")
                                            .getter(r -> r.attributes)
                                            .setter((r, v) -> r.attributes = v))
                    .addAttribute(
                            Boolean.class,
                            a ->
                                    a.name("personalisation")
                                            .getter(r -> r.personalisation)
                                            .setter((r, v) -> r.personalisation = v))
                    .addAttribute(
                            Boolean.class,
                            a ->
                                    a.name("analytics")
                                            .getter(r -> r.analytics)
                                            .setter((r, v) -> r.analytics = v))
                    .addAttribute(
                            EnhancedType.listOf(String.class),
                            a ->
                                    a.name("aliases")
                                            .getter(r -> r.aliases)
                                            .setter((r, v) -> r.aliases = v))
                    .addAttribute(
                            SdkBytes.class,
                            a -> a.name("shown").getter(r -> r.shown).setter((r, v) -> r.shown = v))
                    .addAttribute(
                            String.class,
                            a ->
                                    a.name("shownMark")
                                            .getter(r -> r.shownMark)
                                            .setter((r, v) -> r.shownMark = v))
                    .addAttribute(
                            String.class,
                            a ->
                                    a.name("aliasOf")
                                            .getter(r -> r.aliasOf)
                                            .setter((r, v) -> r.aliasOf = v))
                    .addAttribute(
                            Long.class,
                            a ->
                                    a.name(ERASED_AT)
                                            .getter(r -> r.erasedAt)
                                            .setter((r, v) -> r.erasedAt = v))
                    .addAttribute(
                            Long.class,
                            a ->
                                    a.name(REVISION)
                                            .getter(r -> r.revision)
                                            .setter((r, v) -> r.revision = v))
                    .addAttribute(
                            Long.class,
                            a ->
                                    a.name(TableKeys.EXPIRES_AT)
                                            .getter(r -> r.expiresAt)
                                            .setter((r, v) -> r.expiresAt = v))
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
