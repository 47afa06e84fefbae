package dev.freshet.aws.dynamodb;

import dev.freshet.aws.dynamodb.RowSchema.Name;
import dev.freshet.aws.row.EventKey;
import dev.freshet.aws.row.RowExpiry;
import dev.freshet.aws.row.TableKeys;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.features.StoredInteraction;
import java.time.Duration;
import java.time.Instant;
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
        @Name("st") @Nullable Double stars,
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
        long expiresAt) {
    static final String OWNER = "o";

    static final TableSchema<InteractionRow> SCHEMA =
            RowSchema.of(InteractionRow.class, TableKeys.USER_ID, TableKeys.EVENT_KEY);

    static InteractionRow of(StoredInteraction value, Duration retention) {
        Context context = value.context();
        return new InteractionRow(
                value.userId(),
                EventKey.of(value).toString(),
                value.type().wireName(),
                value.target().kind().wireName() + ":" + value.target().id(),
                value.strength(),
                value.stars() == 0 ? null : value.stars(),
                value.correctedAt(),
                value.receivedAt(),
                value.owner(),
                value.sessionId(),
                value.retracts(),
                CreditText.of(value.credit()),
                value.properties().isEmpty() ? null : value.properties(),
                context.device(),
                context.os(),
                context.browser(),
                context.locale(),
                context.country(),
                context.region(),
                context.localHour(),
                RowExpiry.expiry(value.receivedAt(), retention));
    }

    StoredInteraction value() {
        EventKey key = EventKey.parse(eventKey);
        int colon = target.indexOf(':');
        return new StoredInteraction(
                userId,
                key.eventId(),
                key.occurredAt(),
                correctedAt,
                receivedAt,
                EventType.ofWireName(type).orElseThrow(),
                new Target(
                        Target.Kind.valueOf(target.substring(0, colon).toUpperCase(Locale.ROOT)),
                        target.substring(colon + 1)),
                strength,
                stars == null ? 0 : stars,
                sessionId,
                new Context(device, os, browser, locale, country, region, null, null, localHour),
                retracts,
                owner,
                CreditText.parse(credit),
                properties == null ? Map.of() : properties);
    }

    boolean expired(Instant now) {
        return RowExpiry.passed(expiresAt, now);
    }
}
