package dev.freshet.ingest;

import dev.freshet.json.FieldReader;
import dev.freshet.json.Violation;

/**
 * Ends the reading of one event that breaks a rule; becomes a {@link Rejection} outside this
 * package.
 */
final class BrokenRule extends Exception {
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
