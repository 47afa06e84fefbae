package dev.freshet.local.template;

import java.util.List;
import java.util.Map;

/**
 * A DynamoDB table.
 *
 * @param name local name
 * @param attributes types (S, N, B) of the key attributes, by name
 * @param key primary key
 * @param indexes global secondary indexes
 */
public record Table(String name, Map<String, String> attributes, Key key, List<Index> indexes) {

    public Table {
        attributes = Map.copyOf(attributes);
        indexes = List.copyOf(indexes);
    }

    /**
     * A key of a partition attribute and an optional sort attribute.
     *
     * @param sort name of the sort attribute, empty if there is none
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
