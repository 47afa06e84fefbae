package dev.freshet.ingest;

import dev.freshet.json.FieldReader;
import dev.freshet.json.Violation;

/** Ends the reading of one event; leaves this package as a {@link Rejection}. */
final class BrokenRule extends Exception {
    private static final long serialVersionUID = 1L;

    private final EventRule rule;
    private final transient Object[] words;

    BrokenRule(EventRule rule, Object... words) {
        super(rule.code(), null, false, false);
        this.rule = rule;
        this.words = words;
    }

    /**
     * Checks one rule.
     *
     * @param words the parameters of the rule's sentence
     * @throws BrokenRule if the condition is false
     */
    static void unless(boolean holds, EventRule rule, Object... words) throws BrokenRule {
        if (!holds) {
            throw rule.broken(words);
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

    Object[] words() {
        return words;
    }
}
