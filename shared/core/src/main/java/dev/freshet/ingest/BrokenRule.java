package dev.freshet.ingest;

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

    EventRule rule() {
        return rule;
    }

    Object[] words() {
        return words;
    }
}
