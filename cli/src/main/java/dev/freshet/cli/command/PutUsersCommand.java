package dev.freshet.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.cli.connection.ConnectionOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code freshet users put FILE}: one call of {@code PUT /v1/users/{id}} for each line, and one of
 * {@code POST /v1/users/alias} for each alias.
 */
@Command(
        name = "put",
        mixinStandardHelpOptions = true,
        description = {
            "Writes users from a file that has one JSON object on each line: userId, and attributes,"
                    + " consent and aliases where there are any.",
            "Putting a file again changes nothing."
        })
final class PutUsersCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(paramLabel = "FILE", description = "File with one JSON object on each line.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        if (!Files.isReadable(file)) {
            throw new CommandException("There is no readable file " + file + ".");
        }
        long users = 0;
        long number = 0;
        try (BufferedReader lines = Files.newBufferedReader(file);
                Progress progress = output.progress("Users, bytes", Files.size(file))) {
            long bytes = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                bytes += line.length() + 1L;
                if (!line.isBlank()) {
                    put(user(line, number));
                    users++;
                }
                progress.at(bytes);
            }
        }
        output.result(
                JSON.createObjectNode().put("users", users), "%,d users put.".formatted(users));
        return 0;
    }

    private static ObjectNode user(String line, long number) {
        try {
            if (JSON.readTree(line) instanceof ObjectNode user && user.path("userId").isTextual()) {
                return user;
            }
            throw new CommandException(
                    "Line "
                            + number
                            + " is not a JSON object with a userId; correct it and run again.");
        } catch (JsonProcessingException e) {
            throw new CommandException(
                    "Line " + number + " is not JSON; correct it and run again.", e);
        }
    }

    private void put(ObjectNode user) {
        String id = user.path("userId").asText();
        ObjectNode stated = user.deepCopy().without(List.of("userId", "aliases"));
        if (!stated.isEmpty()) {
            stack.call(client -> client.put("/v1/users/" + FreshetClient.segment(id), stated));
        }
        for (JsonNode alias : user.path("aliases")) {
            ObjectNode link =
                    JSON.createObjectNode().put("anonymousId", alias.asText()).put("userId", id);
            stack.call(client -> client.post("/v1/users/alias", link));
        }
    }
}
