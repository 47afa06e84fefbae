package dev.freshet.aws.dynamodb;

import dev.freshet.aws.dynamodb.RowSchema.Name;
import dev.freshet.event.Context;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.ListCredit;
import dev.freshet.example.ListCredit.OutcomeKind;
import dev.freshet.features.EventKey;
import dev.freshet.features.StoredInteraction;
import dev.freshet.privacy.RowExpiry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * A row of Interactions. A history is read a hundred rows at a time and billed by size, so
 * attributes other than keys have short names.
 *
 * @param target {@code kind:id}
 */
record InteractionRow(
        String userId,
        String eventKey,
        @Name("t") String type,
        @Name("x") String target,
        @Name("s") double strength,
        @Name("v") @Nullable Double value,
        @Name("at") Instant correctedAt,
        @Name("rx") Instant receivedAt,
        @Name(OWNER) ShardPosition owner,
        @Name("se") @Nullable String sessionId,
        @Name("re") @Nullable String retracts,
        @Name("cr") @Nullable Credit credit,
        @Name("p") @Nullable Map<String, String> properties,
        @Name("d") @Nullable String device,
        @Name("os") @Nullable String os,
        @Name("b") @Nullable String browser,
        @Name("l") @Nullable String locale,
        @Name("c") @Nullable String country,
        @Name("rg") @Nullable String region,
        @Name("h") @Nullable Integer localHour,
        @Nullable Long expiresAt)
        implements Rows.Expiring {
    static final String OWNER = "o";

    static final TableSchema<InteractionRow> SCHEMA =
            RowSchema.of(InteractionRow.class, TableKeys.USER_ID, TableKeys.EVENT_KEY);

    static InteractionRow of(StoredInteraction stored, Duration retention) {
        Context context = stored.context();
        return new InteractionRow(
                stored.userId(),
                EventKey.of(stored).toString(),
                stored.type().wireName(),
                stored.target().kind().wireName() + ":" + stored.target().id(),
                stored.strength(),
                stored.value() == 0 ? null : stored.value(),
                stored.correctedAt(),
                stored.receivedAt(),
                stored.owner(),
                stored.sessionId(),
                stored.retracts(),
                Credit.of(stored.credit()),
                stored.properties().isEmpty() ? null : stored.properties(),
                context.device(),
                context.os(),
                context.browser(),
                context.locale(),
                context.country(),
                context.region(),
                context.localHour(),
                RowExpiry.expiry(stored.receivedAt(), retention));
    }

    StoredInteraction stored() {
        EventKey key = EventKey.parse(eventKey);
        int colon = target.indexOf(':');
        return new StoredInteraction(
                userId,
                key.eventId(),
                new EventTimes(key.occurredAt(), correctedAt, receivedAt),
                new StoredInteraction.Act(
                        EventType.ofWireName(type).orElseThrow(),
                        new Target(
                                Target.Kind.valueOf(
                                        target.substring(0, colon).toUpperCase(Locale.ROOT)),
                                target.substring(colon + 1)),
                        strength,
                        value == null ? 0 : value,
                        retracts),
                sessionId,
                new Context(device, os, browser, locale, country, region, null, null, localHour),
                owner,
                credit == null ? null : credit.value(),
                properties == null ? Map.of() : properties);
    }

    /**
     * The credit of a conversion or of a hidden item, as {@link ListCredit} has it.
     *
     * @param placement null where no list is known
     */
    record Credit(
            @Name("k") int kind,
            @Name("h") int hour,
            @Name("i") int position,
            @Name("s") int sources,
            @Name("m") long amount,
            @Name("c") @Nullable String currency,
            @Name("p") @Nullable String placement,
            @Name("a") List<String> arms) {
        private static @Nullable Credit of(@Nullable ListCredit credit) {
            return credit == null
                    ? null
                    : new Credit(
                            credit.kind().number(),
                            credit.hour(),
                            credit.position(),
                            credit.sources(),
                            credit.amount(),
                            credit.currency(),
                            credit.attributed() ? credit.placement() : null,
                            credit.arms());
        }

        private ListCredit value() {
            return ListCredit.of(
                            OutcomeKind.ofNumber(kind).orElseThrow(),
                            new ListCredit.ListPlace(
                                    placement != null,
                                    placement == null ? "" : placement,
                                    arms,
                                    hour,
                                    position,
                                    sources))
                    .worth(amount, currency);
        }
    }
}
