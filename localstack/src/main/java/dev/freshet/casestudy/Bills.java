package dev.freshet.casestudy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Computes the bills of loads. */
@FunctionalInterface
interface Bills {
    /**
     * Returns the bills as {@code freshet cost --json} prints them.
     *
     * @param profiles loads by their names
     */
    JsonNode of(ObjectNode profiles);

    /** Returns bills by {@code freshet cost} of stacks with a lake, which takes a minute. */
    static Bills ofProduct(Path scratch) {
        return profiles -> {
            Path file = scratch.resolve("loads.json");
            try {
                Files.writeString(file, profiles.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return ProductCommand.json(
                    "cost", "--profile", file.toString(), "-c", "lake=true", "--json");
        };
    }
}
