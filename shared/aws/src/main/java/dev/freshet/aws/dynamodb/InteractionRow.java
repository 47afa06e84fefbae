package dev.freshet.aws.dynamodb;

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
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * A row of Interactions. A history is read a hundred rows at a time and billed by size, so
 * attributes other than keys have short names: {@code t} type, {@code x} target ({@code kind:id}),
 * {@code s} strength, {@code st} stars of a rating, {@code at} corrected time and {@code rx} time
 * of receipt (both epoch milliseconds), {@code o} owner, {@code se} session, {@code re} event
 * retracted, {@code cr} credit of an outcome, {@code p} properties that are kept; of the context
 * {@code d} device, {@code os}, {@code b} browser, {@code l} locale, {@code c} country, {@code rg}
 * region, {@code h} local hour. An attribute without a value is left out.
 */
final class InteractionRow {
    static final String OWNER = "o";

    static final TableSchema<InteractionRow> SCHEMA =
            RowSchema.of(InteractionRow.class, InteractionRow::new)
                    .partitionKey(TableKeys.USER_ID, r -> r.userId, (r, v) -> r.userId = v)
                    .sortKey(
                            TableKeys.EVENT_KEY,
                            String.class,
                            r -> r.eventKey,
                            (r, v) -> r.eventKey = v)
                    .with("t", String.class, r -> r.type, (r, v) -> r.type = v)
                    .with("x", String.class, r -> r.target, (r, v) -> r.target = v)
                    .with("s", Double.class, r -> r.strength, (r, v) -> r.strength = v)
                    .with("st", Double.class, r -> r.stars, (r, v) -> r.stars = v)
                    .with("at", Long.class, r -> r.correctedAt, (r, v) -> r.correctedAt = v)
                    .with("rx", Long.class, r -> r.receivedAt, (r, v) -> r.receivedAt = v)
                    .with(OWNER, String.class, r -> r.owner, (r, v) -> r.owner = v)
                    .with("se", String.class, r -> r.sessionId, (r, v) -> r.sessionId = v)
                    .with("re", String.class, r -> r.retracts, (r, v) -> r.retracts = v)
                    .with("cr", String.class, r -> r.credit, (r, v) -> r.credit = v)
                    .with(
                            "p",
                            EnhancedType.mapOf(String.class, String.class),
                            r -> r.properties,
                            (r, v) -> r.properties = v)
                    .with("d", String.class, r -> r.device, (r, v) -> r.device = v)
                    .with("os", String.class, r -> r.os, (r, v) -> r.os = v)
                    .with("b", String.class, r -> r.browser, (r, v) -> r.browser = v)
                    .with("l", String.class, r -> r.locale, (r, v) -> r.locale = v)
                    .with("c", String.class, r -> r.country, (r, v) -> r.country = v)
                    .with("rg", String.class, r -> r.region, (r, v) -> r.region = v)
                    .with("h", Integer.class, r -> r.localHour, (r, v) -> r.localHour = v)
                    .with(
                            TableKeys.EXPIRES_AT,
                            Long.class,
                            r -> r.expiresAt,
                            (r, v) -> r.expiresAt = v)
                    .build();

    private String userId = "";
    private String eventKey = "";
    private String type = "";
    private String target = "";
    private Double strength = 0.0;
    private @Nullable Double stars;
    private Long correctedAt = 0L;
    private Long receivedAt = 0L;
    private String owner = "";
    private @Nullable String sessionId;
    private @Nullable String retracts;
    private @Nullable String credit;
    private @Nullable Map<String, String> properties;
    private @Nullable String device;
    private @Nullable String os;
    private @Nullable String browser;
    private @Nullable String locale;
    private @Nullable String country;
    private @Nullable String region;
    private @Nullable Integer localHour;
    private Long expiresAt = 0L;

    static InteractionRow of(StoredInteraction value, Duration retention) {
        InteractionRow row = new InteractionRow();
        row.userId = value.userId();
        row.eventKey = EventKey.of(value).toString();
        row.type = value.type().wireName();
        row.target = value.target().kind().wireName() + ":" + value.target().id();
        row.strength = value.strength();
        row.stars = value.stars() == 0 ? null : value.stars();
        row.correctedAt = value.correctedAt().toEpochMilli();
        row.receivedAt = value.receivedAt().toEpochMilli();
        row.owner = value.owner().toString();
        row.sessionId = value.sessionId();
        row.retracts = value.retracts();
        row.credit = CreditText.of(value.credit());
        row.properties = value.properties().isEmpty() ? null : value.properties();
        row.device = value.context().device();
        row.os = value.context().os();
        row.browser = value.context().browser();
        row.locale = value.context().locale();
        row.country = value.context().country();
        row.region = value.context().region();
        row.localHour = value.context().localHour();
        row.expiresAt = RowExpiry.expiry(value.receivedAt(), retention);
        return row;
    }

    StoredInteraction value() {
        EventKey key = EventKey.parse(eventKey);
        int colon = target.indexOf(':');
        return new StoredInteraction(
                userId,
                key.eventId(),
                key.occurredAt(),
                Instant.ofEpochMilli(correctedAt),
                Instant.ofEpochMilli(receivedAt),
                EventType.ofWireName(type).orElseThrow(),
                new Target(
                        Target.Kind.valueOf(target.substring(0, colon).toUpperCase(Locale.ROOT)),
                        target.substring(colon + 1)),
                strength,
                stars == null ? 0 : stars,
                sessionId,
                new Context(device, os, browser, locale, country, region, null, null, localHour),
                retracts,
                ShardPosition.parse(owner),
                CreditText.parse(credit),
                properties == null ? Map.of() : properties);
    }

    String eventKey() {
        return eventKey;
    }

    String owner() {
        return owner;
    }

    boolean expired(Instant now) {
        return RowExpiry.passed(expiresAt, now);
    }
}
