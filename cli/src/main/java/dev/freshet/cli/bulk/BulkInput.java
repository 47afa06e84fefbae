package dev.freshet.cli.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Sha256;
import dev.freshet.recommend.BulkRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A file of users, one a line: a user id, or a JSON object with {@code userId}, {@code anonymousId}
 * and {@code context}. Empty lines count as lines and name nobody.
 *
 * @param file in UTF-8, at most {@value BulkRun#MAX_USERS} users, each line at most {@value
 *     BulkRun#MAX_LINE} bytes
 */
record BulkInput(Path file) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /**
     * A line that names a user.
     *
     * @param line its number, from 1
     * @param user the user's ids, and the context where it is the user's own
     */
    record User(long line, JsonNode user) {
        /** Returns the form in which the function takes the user. */
        ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode().put("line", line);
            json.set("user", user);
            return json;
        }
    }

    /** Receives what the lines say, in their order. */
    interface Taker {
        /** Takes a user. */
        void user(User user);

        /** Takes the refusal of a line. */
        void refused(long line, String code, String message);
    }

    /**
     * Reads the file to its end.
     *
     * @throws CommandException if it cannot be read, or names too many users
     */
    void read(Taker taker) {
        long number = 0;
        int users = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String text = line.strip();
                if (text.isEmpty()) {
                    continue;
                }
                if (++users > BulkRun.MAX_USERS) {
                    throw new CommandException(
                            "%s has more than %,d users: divide it, and run each part by itself."
                                    .formatted(file, BulkRun.MAX_USERS));
                }
                take(number, text, taker);
            }
        } catch (IOException unreadable) {
            throw new CommandException(
                    "Line %,d or a later one of %s cannot be read as UTF-8 text (%s)."
                            .formatted(number + 1, file, unreadable.getClass().getSimpleName()),
                    unreadable);
        }
    }

    private static void take(long number, String text, Taker taker) {
        if (text.getBytes(StandardCharsets.UTF_8).length > BulkRun.MAX_LINE) {
            taker.refused(
                    number, "line-too-long", "A line has at most " + BulkRun.MAX_LINE + " bytes.");
            return;
        }
        if (!text.startsWith("{")) {
            taker.user(new User(number, JSON.createObjectNode().put("userId", text)));
            return;
        }
        try {
            JsonNode user = JSON.readTree(text);
            taker.user(new User(number, user));
        } catch (JsonProcessingException malformed) {
            taker.refused(number, "not-json", "The line begins with { and cannot be read as JSON.");
        }
    }

    /** Reads the users alone. */
    void users(Consumer<User> each) {
        read(
                new Taker() {
                    @Override
                    public void user(User user) {
                        each.accept(user);
                    }

                    @Override
                    public void refused(long line, String code, String message) {
                        // was reported when the run began
                    }
                });
    }

    /** Returns the SHA-256 of the file, by which a resumed run knows its users again. */
    String digest() {
        try {
            return Sha256.of(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
