package dev.freshet.functions;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.model.segment.Segment;

/** JSON encoding of the segment of a user. */
final class SegmentJson {
    private SegmentJson() {}

    /** Returns the id and the name of a segment. */
    static ObjectNode of(Segment segment) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", segment.id())
                .put("name", segment.title());
    }
}
