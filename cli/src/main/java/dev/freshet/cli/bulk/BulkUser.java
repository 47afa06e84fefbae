package dev.freshet.cli.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A line that names a user.
 *
 * @param line its number, from 1
 * @param user the user's ids, and the context where it is the user's own
 */
record BulkUser(long line, JsonNode user) {
    /** Returns the form in which the function takes the user. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("line", line);
        json.set("user", user);
        return json;
    }
}
