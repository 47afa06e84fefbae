package dev.freshet.folder;

import dev.freshet.aws.Setting;
import dev.freshet.console.StateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state folder of a local cloud, as processes other than the cloud read it.
 *
 * <p>{@value #RUNNING} holds the process id of the cloud that runs on the folder, the address of
 * its API and the environment of its functions without secrets; {@value #SECRET} holds the secret
 * of the stack. A note whose process has ended counts as absent.
 *
 * @param folder the folder; need not exist
 */
public record LocalState(Path folder) {
    /** Name of the state folder in a checkout. */
    public static final String FOLDER = ".freshet";

    /** Name of the file that describes the running cloud. */
    public static final String RUNNING = "running.json";

    /** Name of the file that holds the secret of the stack. */
    public static final String SECRET = "secret";

    /** The content of {@value #RUNNING}. */
    private record Note(long pid, URI api, SortedMap<String, String> environment) {}

    /**
     * Returns the content of {@value #RUNNING} for a cloud that runs in this process.
     *
     * @param environment variables of the functions; the secret is left out
     */
    public static String note(URI api, Map<String, String> environment) {
        SortedMap<String, String> variables = new TreeMap<>(environment);
        variables.remove(Setting.SECRET.variable());
        return StateFile.json(new Note(ProcessHandle.current().pid(), api, variables)).toString();
    }

    /** Returns the address of the API, if a cloud runs on this folder. */
    public Optional<URI> api() {
        return running().map(Note::api);
    }

    /**
     * Returns the names and addresses of the stores without secrets, if a cloud runs on this
     * folder; modifiable.
     */
    public Optional<Map<String, String>> environment() {
        return running().map(Note::environment);
    }

    /** Returns {@link #environment} and the secret of the stack, if a cloud runs on this folder. */
    public Optional<Map<String, String>> environmentWithSecret() {
        return environment()
                .map(
                        variables -> {
                            secret().ifPresent(
                                            text -> variables.put(Setting.SECRET.variable(), text));
                            return variables;
                        });
    }

    /** Returns the secret of the stack; empty if the folder has none. */
    public Optional<String> secret() {
        try {
            return Optional.of(Files.readString(folder.resolve(SECRET)).strip());
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns process id and address of the cloud that last ran here, in parentheses, or "". */
    public String lastRun() {
        return note().map(note -> " (process %d, %s)".formatted(note.pid(), note.api())).orElse("");
    }

    private Optional<Note> running() {
        return note().filter(note -> ProcessHandle.of(note.pid()).isPresent());
    }

    private Optional<Note> note() {
        try {
            return new StateFile<>(folder.resolve(RUNNING), Note.class).read();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
