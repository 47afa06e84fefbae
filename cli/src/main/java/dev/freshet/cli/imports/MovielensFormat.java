package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The format of MovieLens' ratings, separated by tabs: user, item, stars, time in seconds since
 * 1970; with or without a line that names the columns.
 */
final class MovielensFormat implements Format {
    private final Columns columns = new Columns('\t', 4);

    @Override
    public String name() {
        return "movielens";
    }

    @Override
    public boolean isHeader(String firstLine) {
        return firstLine.startsWith("user");
    }

    @Override
    public ObjectNode event(String id, String line) {
        String[] c = columns.of(line);
        ObjectNode event = JSON.createObjectNode();
        event.put("eventId", id)
                .put("type", "rating")
                .put("userId", c[0])
                .put("occurredAt", Columns.time(c[3]).toString())
                .put("value", stars(c[2]));
        event.putObject("target").put("kind", "item").put("id", c[1]);
        return event;
    }

    private static double stars(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new UnreadableRowException("The rating '" + text + "' is not a number.", e);
        }
    }
}
