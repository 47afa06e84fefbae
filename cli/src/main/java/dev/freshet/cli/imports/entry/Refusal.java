package dev.freshet.cli.imports.entry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.imports.input.InputLine;

/**
 * Why a line, or something that it says, is refused.
 *
 * @param code stable, kebab-case, such as {@code occurred-at-too-old}
 * @param detail a sentence for a person
 */
public record Refusal(InputLine line, String code, String detail) {
    /** Returns the refusal as reports have it: the number of the line, the code and the detail. */
    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("line", line.number())
                .put("code", code)
                .put("detail", detail);
    }
}
