package dev.freshet.cli.cost;

/**
 * The steps by which a stack grows, in their order; {@code docs/deploy.md} describes each. A step
 * applies when a demand of the plan that belongs to it is over its limit.
 */
enum ScaleStep {
    /** More shards for the stream {@code events}, which may be added by the stack itself. */
    A("shards that scale themselves"),

    /** Several copies of the row that names the newest version of the model. */
    B("copies of the row of the newest version"),

    /** Quotas of the account and capacity of tables, to be asked for beforehand. */
    C("quotas and warm throughput"),

    /** Fewer processes, each of which answers many requests at once. */
    D("one process, many requests"),

    /** Several trainers, each of a part of the users. */
    E("trainers by user"),

    /** A model divided by items. */
    F("a model by item segments");

    private final String title;

    ScaleStep(String title) {
        this.title = title;
    }

    /** Returns a phrase for people. */
    String title() {
        return title;
    }
}
