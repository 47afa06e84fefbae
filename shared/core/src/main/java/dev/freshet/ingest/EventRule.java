package dev.freshet.ingest;

import dev.freshet.ingest.EventRule.Rejection;
import dev.freshet.json.FieldReader;
import dev.freshet.json.FieldReader.Violation;
import org.jspecify.annotations.Nullable;

/**
 * The rules of an event, with the code and the message of their rejections. A broken rule rejects
 * that event alone. {@code docs/events.md} holds this table for clients.
 */
public enum EventRule {
    EVENT_NOT_AN_OBJECT("event-not-an-object", "Each entry of events must be a JSON object."),
    EVENT_TOO_LARGE("event-too-large", "An event takes at most 88 KB; shorten its properties."),
    EVENT_TOO_DEEP("event-too-deep", "An event nests at most 20 levels; flatten its properties."),
    MISSING_EVENT_ID(
            "missing-event-id",
            "eventId is missing; create one, and keep it when you send the event again."),
    MALFORMED_ID(
            "malformed-id",
            "%s must be a string of 1 to 128 characters, not blank, not '.' or '..', for a"
                    + " user not 'alias', without control characters or lone surrogates."),
    MISSING_USER("missing-user", "Send a userId, an anonymousId, or both."),
    MISSING_TYPE("missing-type", "type is missing; send one of the event types."),
    UNKNOWN_TYPE("unknown-type", "The type is none of %s."),
    MISSING_TARGET("missing-target", "A %s needs a target; send itemId or target {kind, id}."),
    MALFORMED_TARGET(
            "malformed-target",
            "target must be {kind: item|author|tag, id} or {kind: none}, and agree with itemId."),
    MISSING_OCCURRED_AT(
            "missing-occurred-at", "occurredAt is missing; send the time of the event."),
    MALFORMED_TIME("malformed-time", "%s must be a time with its offset: 2026-01-31T09:30:00Z."),
    OCCURRED_AT_TOO_OLD(
            "occurred-at-too-old",
            "occurredAt is older than %s; import history with an import permit."),
    OCCURRED_AT_IN_FUTURE(
            "occurred-at-in-future",
            "occurredAt is more than 5 minutes ahead; send sentAt so that the clock is corrected."),
    MISSING_VALUE("missing-value", "A %s needs a value: %s."),
    MALFORMED_VALUE("malformed-value", "The value of a %s must be %s."),
    VALUE_NOT_FINITE("value-not-finite", "The value must be a finite number."),
    VALUE_OUT_OF_RANGE("value-out-of-range", "The value of a %s must be %s."),
    UNEXPECTED_VALUE("unexpected-value", "A %s has no value; leave value out."),
    MALFORMED_RETRACTION(
            "malformed-retraction",
            "retracts must be the eventId of another event, and an impression cannot be retracted."),
    MISSING_ITEMS(
            "missing-items", "An impression needs items or the exposure token of a response."),
    TOO_MANY_ITEMS("too-many-items", "An impression has at most 100 items; split it."),
    RESERVED_PLACEMENT(
            "reserved-placement",
            "others and (others) stand for the placements that are not told apart; name the"
                    + " placement otherwise."),
    EXPOSURE_FORGED(
            "exposure-forged",
            "exposure is not a token of this stack; send the token of the response unchanged, or omit it."),
    EXPOSURE_EXPIRED("exposure-expired", "exposure is older than 7 days; leave it out."),
    EXPOSURE_MISMATCH(
            "exposure-mismatch",
            "exposure is of a response without this item; send the token of the list that was shown."),
    MALFORMED_CONTEXT("malformed-context", "context.%s must be %s."),
    MALFORMED_CONSENT(
            "malformed-consent", "consent must be {personalisation: boolean, analytics: boolean}."),
    MALFORMED_PROPERTIES(
            "malformed-properties",
            "properties must be an object of strings, finite numbers and booleans."),
    TOO_MANY_PROPERTIES("too-many-properties", "properties hold at most 32 entries; send fewer."),
    PROPERTIES_TOO_LARGE("properties-too-large", "properties hold at most 8 KB; shorten them."),
    RATE_EXCEEDED(
            "rate-exceeded",
            "This user sent more than 300 events within a minute; send fewer, or wait.");

    private final String code;
    private final String detail;

    EventRule(String code, String detail) {
        this.code = code;
        this.detail = detail;
    }

    /** Returns the stable code, in kebab-case. */
    public String code() {
        return code;
    }

    /** Returns the rejection of one event that breaks this rule. */
    public Rejection reject(int index, @Nullable String eventId, Object... parameters) {
        return new Rejection(index, eventId, code, detail.formatted(parameters));
    }

    BrokenRule broken(Object... parameters) {
        return new BrokenRule(this, parameters);
    }

    /**
     * Why one event of a request was rejected; it does not affect the other events.
     *
     * @param index position in the request, from 0
     * @param eventId null where it could not be read
     * @param code stable, kebab-case, one for each rule: {@code occurred-at-too-old}
     * @param detail one sentence for a person, with what to do
     */
    public record Rejection(int index, @Nullable String eventId, String code, String detail) {}

    /**
     * Ends the reading of one event that breaks a rule; becomes a {@link Rejection} outside this
     * package.
     */
    static final class BrokenRule extends Exception {
        private static final long serialVersionUID = 1L;

        private final EventRule rule;
        private final transient Object[] parameters;

        BrokenRule(EventRule rule, Object... parameters) {
            super(rule.code(), null, false, false);
            this.rule = rule;
            this.parameters = parameters;
        }

        /**
         * Checks one rule.
         *
         * @param parameters the parameters of the rule's message
         * @throws BrokenRule if the condition is false
         */
        static void unless(boolean holds, EventRule rule, Object... parameters) throws BrokenRule {
            if (!holds) {
                throw rule.broken(parameters);
            }
        }

        /** Returns the report of a rule of {@link FieldReader} for ids and times of an event. */
        static BrokenRule of(Violation violation) {
            return switch (violation) {
                case Violation.BadIdentifier _ -> EventRule.MALFORMED_ID.broken(violation.field());
                case Violation.BadTime _ -> EventRule.MALFORMED_TIME.broken(violation.field());
                default -> throw new IllegalArgumentException("no rule of events: " + violation);
            };
        }

        EventRule rule() {
            return rule;
        }

        Object[] parameters() {
            return parameters;
        }
    }
}
