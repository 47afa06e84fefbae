package dev.freshet.aws.row;

/**
 * The key attributes of the tables: what the stack creates and the adapters write. Names only, so
 * that the stack can read them without loading an adapter.
 */
public final class TableKeys {
    /**
     * Epoch seconds, on every table; DynamoDB deletes a row some days after, so readers check it
     * themselves.
     */
    public static final String EXPIRES_AT = "expiresAt";

    /** Interactions, partition key (string): the reader's id as sent. */
    public static final String READER_ID = "readerId";

    /** Interactions, sort key (string): {@code occurredAt#eventId}. */
    public static final String EVENT_KEY = "eventKey";

    /** Users, partition key (string). */
    public static final String USER_ID = "userId";

    /** Items, partition key (string). */
    public static final String ITEM_ID = "itemId";

    /** Trends, partition key (string): the scope and length of a window. */
    public static final String SCOPE = "scope";

    /** Trends, sort key (number): epoch seconds. */
    public static final String WINDOW_START = "windowStart";

    /** Keys, partition key (string): the id of an access key. */
    public static final String KEY_ID = "keyId";

    /**
     * Models, partition key (string); the rows of snapshots stand under it with {@link
     * #SNAPSHOT_SUFFIX}.
     */
    public static final String MODEL_ID = "modelId";

    /** Models, sort key (number), from 1. */
    public static final String VERSION = "version";

    /** Appended to the model's id for the rows of its snapshots. */
    public static final String SNAPSHOT_SUFFIX = "#snapshot";

    /** Appended to a stack's model id for the one row, of version 0, that names what is current. */
    public static final String HEAD_SUFFIX = "#head";

    private TableKeys() {}
}
