package dev.freshet.cli.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.check.Sha256;
import dev.freshet.console.CommandException;
import dev.freshet.recommend.BulkRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
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

    /**
     * Reads the file to its end, in the order of its lines.
     *
     * @param users receives each user
     * @param refused receives each line that names none: its number, and a code and a message below
     *     {@code refused}
     * @throws CommandException if it cannot be read, or names too many users
     */
    void read(Consumer<User> users, Consumer<ObjectNode> refused) {
        long number = 0;
        int named = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String text = line.strip();
                if (text.isEmpty()) {
                    continue;
                }
                named++;
                CommandException.require(
                        named <= BulkRun.MAX_USERS,
                        "%s has more than %,d users: divide it, and run each part by itself.",
                        file,
                        BulkRun.MAX_USERS);
                if (text.getBytes(StandardCharsets.UTF_8).length > BulkRun.MAX_LINE) {
                    String most = "A line has at most " + BulkRun.MAX_LINE + " bytes.";
                    refused.accept(refusal(number, "line-too-long", most));
                    continue;
                }
                try {
                    JsonNode user =
                            text.startsWith("{")
                                    ? JSON.readTree(text)
                                    : JSON.createObjectNode().put("userId", text);
                    users.accept(new User(number, user));
                } catch (JsonProcessingException malformed) {
                    String message = "The line begins with { and cannot be read as JSON.";
                    refused.accept(refusal(number, "not-json", message));
                }
            }
        } catch (IOException unreadable) {
            throw new CommandException(
                    "Line %,d or a later one of %s cannot be read as UTF-8 text (%s)."
                            .formatted(number + 1, file, unreadable.getClass().getSimpleName()),
                    unreadable);
        }
    }

    private static ObjectNode refusal(long line, String code, String message) {
        ObjectNode json = JSON.createObjectNode().put("line", line);
        json.putObject("refused").put("code", code).put("message", message);
        return json;
    }

    /** Reads the users alone whose lines are not among those that are done. */
    void remaining(BitSet done, Consumer<User> each) {
        read(
                user -> {
                    if (!done.get((int) user.line())) {
                        each.accept(user);
                    }
                },
                _ -> {});
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
