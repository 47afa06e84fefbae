package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One line of a file. */
public sealed interface Row {
    /** The line's number, from 1. */
    long line();

    /** A line that became an event as the API takes it. */
    record Understood(long line, ObjectNode event) implements Row {}

    /** A line that could not be understood. */
    record Unclear(long line, String detail) implements Row {}
}
