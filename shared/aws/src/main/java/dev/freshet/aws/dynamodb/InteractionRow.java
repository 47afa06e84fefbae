package dev.freshet.aws.dynamodb;

import dev.freshet.aws.dynamodb.RowSchema.Name;
import dev.freshet.event.Context;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.ListCredit;
import dev.freshet.example.ListCredit.OutcomeKind;
import dev.freshet.features.StoredInteraction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        @Name("cr") @Nullable String credit,
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

    private static final String NO_CURRENCY = "-";
    private static final int CREDIT_PARTS = 8;

    /** No label contains it. */
    private static final String ARM_SEPARATOR = ",";

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
                text(stored.credit()),
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
                credit(credit),
                properties == null ? Map.of() : properties);
    }

    /**
     * Returns the credit of a conversion or of a hidden item as a text: kind, hour, position,
     * sources, amount, currency or {@code -}, the length of the placement or −1 where no list is
     * known, then placement and the labels of arms.
     */
    private static @Nullable String text(@Nullable ListCredit credit) {
        if (credit == null) {
            return null;
        }
        String currency = credit.currency();
        return Stream.of(
                        credit.kind().number(),
                        credit.hour(),
                        credit.position(),
                        credit.sources(),
                        credit.amount(),
                        currency == null ? NO_CURRENCY : currency,
                        credit.attributed() ? credit.placement().length() : -1,
                        credit.placement() + String.join(ARM_SEPARATOR, credit.arms()))
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }

    private static @Nullable ListCredit credit(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.split(" ", CREDIT_PARTS);
        int placement = Integer.parseInt(parts[6]);
        String names = parts[7];
        String arms = names.substring(Math.max(0, placement));
        return new ListCredit(
                OutcomeKind.ofNumber(Integer.parseInt(parts[0])).orElseThrow(),
                new ListCredit.ListPlace(
                        placement >= 0,
                        names.substring(0, Math.max(0, placement)),
                        arms.isEmpty() ? List.of() : List.of(arms.split(ARM_SEPARATOR, -1)),
                        Integer.parseInt(parts[1]),
                        Integer.parseInt(parts[2]),
                        Integer.parseInt(parts[3])),
                true,
                false,
                Long.parseLong(parts[4]),
                parts[5].equals(NO_CURRENCY) ? null : parts[5],
                List.of());
    }
}
