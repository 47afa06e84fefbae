package dev.freshet.aws.dynamodb;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.enrolment.Enrolments;
import dev.freshet.event.Consent;
import dev.freshet.event.ShardPosition;
import dev.freshet.privacy.RowExpiry;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import dev.freshet.store.RetentionPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/** A row of Users: the attributes of {@link UserProfile}. */
record UserRow(
        String userId,
        @Nullable Map<String, AttributeValue> attributes,
        @Nullable Boolean personalisation,
        @Nullable Boolean analytics,
        @Nullable List<String> aliases,
        @Nullable SdkBytes shown,
        @Nullable ShardPosition shownMark,
        @Nullable Instant shownSince,
        @Nullable SdkBytes enrolled,
        @Nullable String aliasOf,
        @Nullable Instant erasedAt,
        @Nullable String erasure,
        @Nullable List<String> erasedAliases,
        @Nullable ShardPosition erasureTaken,
        long revision,
        long expiresAt) {
    static final String REVISION = "revision";
    static final String ERASED_AT = "erasedAt";

    static final TableSchema<UserRow> SCHEMA = RowSchema.of(UserRow.class, TableKeys.USER_ID);

    /** Returns the row of a profile, with the next revision. */
    static UserRow next(UserProfile profile, Instant now, RetentionPolicy retention) {
        Consent consent = profile.consent();
        Tombstone tombstone = profile.tombstone();
        return new UserRow(
                profile.userId(),
                profile.attributes().isEmpty() ? null : profile.attributes(),
                consent == null ? null : consent.personalisation(),
                consent == null ? null : consent.analytics(),
                profile.aliases().isEmpty() ? null : profile.aliases(),
                profile.shown().isEmpty()
                        ? null
                        : ProfileForms.encode(ProfileForms.SHOWN, profile.shown()),
                profile.shownMark(),
                profile.shownSince(),
                profile.enrolled().isEmpty()
                        ? null
                        : ProfileForms.encode(ProfileForms.ENROLMENTS, profile.enrolled()),
                profile.aliasOf(),
                tombstone == null ? null : tombstone.erasedAt(),
                tombstone == null ? null : tombstone.erasureId(),
                tombstone == null || tombstone.aliases().isEmpty() ? null : tombstone.aliases(),
                tombstone == null ? null : tombstone.appliedPosition(),
                profile.revision() + 1,
                RowExpiry.expiry(profile, now, retention));
    }

    UserProfile value() {
        return new UserProfile(
                userId,
                new UserProfile.Stated(
                        attributes == null ? Map.of() : attributes,
                        personalisation == null || analytics == null
                                ? null
                                : new Consent(personalisation, analytics)),
                aliases == null ? List.of() : aliases,
                new UserProfile.ShownItems(
                        shown == null ? Map.of() : ProfileForms.decode(ProfileForms.SHOWN, shown),
                        shownMark,
                        shownSince),
                enrolled == null
                        ? Enrolments.NONE
                        : ProfileForms.decode(ProfileForms.ENROLMENTS, enrolled),
                aliasOf,
                tombstone(),
                revision);
    }

    private @Nullable Tombstone tombstone() {
        return erasedAt == null
                ? null
                : new Tombstone(
                        erasure == null ? "" : erasure,
                        erasedAt,
                        erasedAliases == null ? List.of() : erasedAliases,
                        erasureTaken);
    }

    /**
     * Returns whether the row counts as present: until it expires; a row with a tombstone always.
     */
    boolean exists(Instant now) {
        return erasedAt != null || !RowExpiry.passed(expiresAt, now);
    }
}
