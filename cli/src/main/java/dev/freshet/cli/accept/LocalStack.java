package dev.freshet.cli.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.Clients;
import dev.freshet.aws.LambdaCompactionTrigger;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.connection.LocalState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A local cloud, as its state folder and its settings know it. */
record LocalStack(LocalState state, Settings settings, Clients clients) implements Stack {
    @Override
    public boolean isDeployed() {
        return false;
    }

    @Override
    public Optional<String> output(String name) {
        return Optional.empty();
    }

    @Override
    public Map<String, String> resources(String type) {
        return Map.of();
    }

    @Override
    public String embedder() {
        return settings.embedder().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void compact() {
        new LambdaCompactionTrigger(clients.lambda(), settings.text(Setting.COMPACT_FUNCTION))
                .request();
    }

    private Path log() {
        return state.folder().resolve("logs/functions.log");
    }

    /** Returns false where an emulator runs the functions and keeps their log. */
    @Override
    public boolean hasLog() {
        return Files.exists(log());
    }

    @Override
    public Map<String, JsonNode> log(String text, Instant since) {
        Map<String, JsonNode> found = new TreeMap<>();
        try (Stream<String> lines = Files.lines(log())) {
            for (String line : lines.filter(each -> each.contains(text)).toList()) {
                JsonNode json = new ObjectMapper().readTree(line);
                found.put(json.path("function").asText(), json);
            }
            return found;
        } catch (IOException unreadable) {
            throw new CommandException(unreadable, "%s cannot be read.", log());
        }
    }
}
