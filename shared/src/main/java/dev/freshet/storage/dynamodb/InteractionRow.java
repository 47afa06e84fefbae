package dev.freshet.storage.dynamodb;

import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primaryPartitionKey;
import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primarySortKey;

import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.feature.StoredInteraction;
import dev.freshet.storage.EventKey;
import dev.freshet.storage.Retention;
import dev.freshet.storage.TableKeys;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticTableSchema;

/**
 * A row of Interactions. A history is read a hundred rows at a time and paid for by the byte, so
 * attributes other than keys have short names: {@code t} type, {@code x} target ({@code kind:id}),
 * {@code s} strength, {@code at} corrected time and {@code rx} receipt (epoch milliseconds), {@code
 * o} owner, {@code se} session, {@code re} event retracted; of the context {@code d} device, {@code
 * os}, {@code b} browser, {@code l} locale, {@code c} country, {@code rg} region, {@code h} local
 * hour. An attribute that is not known is not there.
 */
final class InteractionRow {
    static final String OWNER = "o";

    static final TableSchema<InteractionRow> SCHEMA =
            StaticTableSchema.builder(InteractionRow.class)
                    .newItemSupplier(InteractionRow::new)
                    .addAttribute(
                            String.class,
                            a ->
                                    a.name(TableKeys.READER_ID)
                                            .getter(row -> row.readerId)
                                            .setter((row, v) -> row.readerId = v)
                                            .tags(primaryPartitionKey()))
                    .addAttribute(
                            String.class,
                            a ->
                                    a.name(TableKeys.EVENT_KEY)
                                            .getter(row -> row.eventKey)
                                            .setter((row, v) -> row.eventKey = v)
                                            .tags(primarySortKey()))
                    .addAttribute(
                            String.class,
                            a -> a.name("t").getter(r -> r.type).setter((r, v) -> r.type = v))
                    .addAttribute(
                            String.class,
                            a -> a.name("x").getter(r -> r.target).setter((r, v) -> r.target = v))
                    .addAttribute(
                            Double.class,
                            a ->
                                    a.name("s")
                                            .getter(r -> r.strength)
                                            .setter((r, v) -> r.strength = v))
                    .addAttribute(
                            Long.class,
                            a ->
                                    a.name("at")
                                            .getter(r -> r.correctedAt)
                                            .setter((r, v) -> r.correctedAt = v))
                    .addAttribute(
                            Long.class,
                            a ->
                                    a.name("rx")
                                            .getter(r -> r.receivedAt)
                                            .setter((r, v) -> r.receivedAt = v))
                    .addAttribute(
                            String.class,
                            a -> a.name(OWNER).getter(r -> r.owner).setter((r, v) -> r.owner = v))
                    .addAttribute(
                            String.class,
                            a ->
                                    a.name("se")
                                            .getter(r -> r.sessionId)
                                            .setter((r, v) -> r.sessionId = v))
                    .addAttribute(
                            String.class,
                            a ->
                                    a.name("re")
                                            .getter(r -> r.retracts)
                                            .setter((r, v) -> r.retracts = v))
                    .addAttribute(
                            String.class,
                            a -> a.name("d").getter(r -> r.device).setter((r, v) -> r.device = v))
                    .addAttribute(
                            String.class,
                            a -> a.name("os").getter(r -> r.os).setter((r, v) -> r.os = v))
                    .addAttribute(
                            String.class,
                            a -> a.name("b").getter(r -> r.browser).setter((r, v) -> r.browser = v))
                    .addAttribute(
                            String.class,
                            a -> a.name("l").getter(r -> r.locale).setter((r, v) -> r.locale = v))
                    .addAttribute(
                            String.class,
                            a -> a.name("c").getter(r -> r.country).setter((r, v) -> r.country = v))
                    .addAttribute(
                            String.class,
                            a -> a.name("rg").getter(r -> r.region).setter((r, v) -> r.region = v))
                    .addAttribute(
                            Integer.class,
                            a ->
                                    a.name("h")
                                            .getter(r -> r.localHour)
                                            .setter((r, v) -> r.localHour = v))
                    .addAttribute(
                            Long.class,
                            a ->
                                    a.name(TableKeys.EXPIRES_AT)
                                            .getter(r -> r.expiresAt)
                                            .setter((r, v) -> r.expiresAt = v))
                    .build();

    private String readerId = "";
    private String eventKey = "";
    private String type = "";
    private String target = "";
    private Double strength = 0.0;
    private Long correctedAt = 0L;
    private Long receivedAt = 0L;
    private String owner = "";
    private @Nullable String sessionId;
    private @Nullable String retracts;
    private @Nullable String device;
    private @Nullable String os;
    private @Nullable String browser;
    private @Nullable String locale;
    private @Nullable String country;
    private @Nullable String region;
    private @Nullable Integer localHour;
    private Long expiresAt = 0L;

    static InteractionRow of(StoredInteraction value) {
        InteractionRow row = new InteractionRow();
        row.readerId = value.readerId();
        row.eventKey = EventKey.of(value).toString();
        row.type = value.type().wireName();
        row.target = value.target().kind().wireName() + ":" + value.target().id();
        row.strength = value.strength();
        row.correctedAt = value.correctedAt().toEpochMilli();
        row.receivedAt = value.receivedAt().toEpochMilli();
        row.owner = value.owner().toString();
        row.sessionId = value.sessionId();
        row.retracts = value.retracts();
        row.device = value.context().device();
        row.os = value.context().os();
        row.browser = value.context().browser();
        row.locale = value.context().locale();
        row.country = value.context().country();
        row.region = value.context().region();
        row.localHour = value.context().localHour();
        row.expiresAt = Retention.expiry(value.receivedAt(), Retention.INTERACTIONS);
        return row;
    }

    StoredInteraction value() {
        EventKey key = EventKey.parse(eventKey);
        int colon = target.indexOf(':');
        return new StoredInteraction(
                readerId,
                key.eventId(),
                key.occurredAt(),
                Instant.ofEpochMilli(correctedAt),
                Instant.ofEpochMilli(receivedAt),
                EventType.ofWireName(type).orElseThrow(),
                new Target(
                        Target.Kind.valueOf(target.substring(0, colon).toUpperCase(Locale.ROOT)),
                        target.substring(colon + 1)),
                strength,
                sessionId,
                new Context(device, os, browser, locale, country, region, null, null, localHour),
                retracts,
                ShardPosition.parse(owner));
    }

    String eventKey() {
        return eventKey;
    }

    String owner() {
        return owner;
    }

    boolean expired(Instant now) {
        return Retention.passed(expiresAt, now);
    }
}
