package dev.freshet.cli.connection;

import dev.freshet.aws.option.OptionsFile;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.console.CommandException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a stack as {@code cdk deploy} takes them, to be mixed into a command. */
public final class GivenOptions {
    @Option(
            names = "--options",
            paramLabel = "FILE",
            description = "File of options, as freshet.json beside the CDK app.")
    private @Nullable Path file;

    @Option(
            names = "-c",
            paramLabel = "NAME=VALUE",
            description = "Option as for cdk deploy, in place of the file's; may be repeated.")
    private Map<String, String> given = new TreeMap<>();

    /** Returns the file that was named. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** Returns the options that were given, without those of the file. */
    public Map<String, String> given() {
        return given;
    }

    /**
     * Returns the options of the file that was named, and over them those that were given.
     *
     * @throws CommandException where the file cannot be read, or an option is not allowed
     */
    public Map<String, String> texts() {
        return texts(file());
    }

    /** Returns the options of a file, and over them those that were given, likewise. */
    public Map<String, String> texts(Optional<Path> from) {
        try {
            Map<String, String> texts = new TreeMap<>(from.map(OptionsFile::read).orElse(Map.of()));
            texts.putAll(given);
            return StackSettings.of(texts).given();
        } catch (IllegalArgumentException refused) {
            throw new CommandException(refused);
        }
    }
}
