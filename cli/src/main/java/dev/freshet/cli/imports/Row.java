package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One line of a file. */
public sealed interface Row {
    /** Returns the number of the line, from 1. */
    long line();

    /** A line that was converted to an event of the API. */
    record Understood(long line, ObjectNode event) implements Row {}

    /** A line that could not be converted. */
    record Unclear(long line, String detail) implements Row {}
}
