package dev.freshet.cli.experiments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.connection.ConnectionOptions;
import dev.freshet.experiment.ExperimentReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code freshet experiments put}: one call of {@code PUT /v1/experiments/{id}}. */
@Command(
        name = "put",
        mixinStandardHelpOptions = true,
        description = "Puts a definition into a stack: a new experiment, or a higher version.")
final class PutExperimentCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Parameters(paramLabel = "FILE", description = "JSON file with one definition.")
    private Path file = Path.of("");

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        JsonNode definition = read(file);
        String id = definition.path("id").asText();
        if (id.isEmpty()) {
            throw new CommandException(file + " has no definition with an id.");
        }
        JsonNode stored =
                stack.call(client -> client.put(ExperimentText.path(id), definition)).body();
        output.result(stored, ExperimentText.stored(stored));
        return 0;
    }

    private static JsonNode read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(ExperimentReader.MAX_BYTES + 1);
            if (bytes.length > ExperimentReader.MAX_BYTES) {
                throw new CommandException(
                        "%s has more than %,d bytes.".formatted(file, ExperimentReader.MAX_BYTES));
            }
            return MAPPER.readTree(bytes);
        } catch (JsonProcessingException malformed) {
            throw new CommandException(file + " is not JSON.", malformed);
        } catch (IOException unreadable) {
            throw new CommandException("There is no readable file " + file + ".", unreadable);
        }
    }
}
