package dev.freshet.local.template;

import java.util.List;
import java.util.Map;

/**
 * A DynamoDB table.
 *
 * @param name its local name
 * @param attributes the types (S, N, B) of the attributes that keys use
 * @param key its key
 * @param indexes its global secondary indexes
 */
public record Table(String name, Map<String, String> attributes, Key key, List<Index> indexes) {

    public Table {
        attributes = Map.copyOf(attributes);
        indexes = List.copyOf(indexes);
    }

    /**
     * A key: a partition attribute and, maybe, a sort attribute.
     *
     * @param sort empty where there is none
     */
    public record Key(String partition, String sort) {}

    /**
     * A global secondary index.
     *
     * @param projection ALL, KEYS_ONLY or INCLUDE
     * @param included the attributes of INCLUDE
     */
    public record Index(String name, Key key, String projection, List<String> included) {
        public Index {
            included = List.copyOf(included);
        }
    }
}
