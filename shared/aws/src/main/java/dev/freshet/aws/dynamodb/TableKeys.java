package dev.freshet.aws.dynamodb;

/**
 * Names of the tables' key attributes, shared by the stack that creates the tables and the adapters
 * that write them. The class holds names only, so that the stack can read them without loading an
 * adapter.
 */
public final class TableKeys {
    /**
     * Expiry time of a row in epoch seconds, on every table. DynamoDB deletes an expired row only
     * some days later, so every read checks it.
     */
    public static final String EXPIRES_AT = "expiresAt";

    /**
     * Partition key of Interactions, Exposures and Users (string): the user id or anonymous id as
     * sent.
     */
    public static final String USER_ID = "userId";

    /** Sort key of Interactions (string): {@code occurredAt#eventId}. */
    public static final String EVENT_KEY = "eventKey";

    /** Sort key of Exposures (string): {@code issuedAt#listId}. */
    public static final String LIST_KEY = "listKey";

    /** Partition key of Items (string). */
    public static final String ITEM_ID = "itemId";

    /** Partition key of Experiments (string). */
    public static final String EXPERIMENT_ID = "experimentId";

    /** Sort key of Outcomes (string): the day, then placement and arm. */
    public static final String DAY_KEY = "dayKey";

    /**
     * Partition key of Trends (string): the length and scope of a window. Partition key of Outcomes
     * (string): what is counted.
     */
    public static final String SCOPE = "scope";

    /** Sort key of Trends (number): the start of a window in epoch seconds. */
    public static final String WINDOW_START = "windowStart";

    /** Partition key of Keys (string): the id of an access key. */
    public static final String KEY_ID = "keyId";

    /**
     * Partition key of Models (string): the id of a model; for its snapshots, the id with {@link
     * #SNAPSHOT_SUFFIX} appended.
     */
    public static final String MODEL_ID = "modelId";

    /** Sort key of Models (number): the version, from 1. */
    public static final String VERSION = "version";

    /** Suffix of the partition that holds the snapshots of a model. */
    public static final String SNAPSHOT_SUFFIX = "#snapshot";

    /**
     * Suffix of the partition that holds one row, of version 0, naming the model that the stack
     * currently uses.
     */
    public static final String HEAD_SUFFIX = "#head";

    /**
     * Suffix of the partitions that hold one row each, of version 0, naming the newest version of
     * the current model; from the second copy on a number follows.
     */
    public static final String NEWEST_SUFFIX = "#newest";

    private TableKeys() {}
}
