package dev.freshet.cli.connection;

import dev.freshet.console.CommandException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The file of profiles: sections in brackets, each with {@code endpoint} and, unless the key comes
 * from elsewhere, {@code key}. Lines that begin with {@code #} or {@code ;} are comments.
 *
 * <pre>
 * [default]
 * endpoint = https://abc123.execute-api.eu-west-1.amazonaws.com/prod
 * key = fsk_…
 * </pre>
 *
 * <p>A file that holds a key is refused where others than its owner may read or write it.
 *
 * @param path the file; need not exist
 */
record ProfileFile(Path path) {
    private static final Set<String> SETTINGS = Set.of("endpoint", "key");
    private static final String NAME = "[A-Za-z0-9_.-]{1,64}";
    private static final Set<PosixFilePermission> OF_OTHERS =
            EnumSet.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    /**
     * One profile.
     *
     * @param endpoint address of the API
     * @param key key or user token; may be absent
     */
    record Profile(URI endpoint, Optional<String> key) {
        /** Returns the endpoint, without the key. */
        @Override
        public String toString() {
            return "Profile[" + endpoint + "]";
        }
    }

    /**
     * Returns {@code $XDG_CONFIG_HOME/freshet/config}, by default {@code ~/.config/freshet/config}.
     *
     * @param environment variables of the process
     * @param home home folder where {@code HOME} is not set
     */
    static ProfileFile usual(Map<String, String> environment, String home) {
        String configured = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path folder =
                configured.isBlank()
                        ? Path.of(environment.getOrDefault("HOME", home), ".config")
                        : Path.of(configured);
        return new ProfileFile(folder.resolve("freshet").resolve("config"));
    }

    /**
     * Returns a profile, or empty where the file has no such section or does not exist.
     *
     * @throws CommandException where the file cannot be read or understood, or is not private
     */
    Optional<Profile> find(String name) {
        Map<String, String> section = sections().get(name);
        if (section == null) {
            return Optional.empty();
        }
        String endpoint = section.get("endpoint");
        if (endpoint == null) {
            throw new CommandException(
                    "The profile '" + name + "' in " + path + " has no line 'endpoint = URL'.");
        }
        return Optional.of(
                new Profile(
                        ConnectionFinder.endpoint(
                                endpoint, "The endpoint of the profile '" + name + "'"),
                        Optional.ofNullable(section.get("key"))));
    }

    /**
     * Returns a profile.
     *
     * @throws CommandException where there is none of this name
     */
    Profile require(String name) {
        String others = String.join(", ", sections().keySet());
        return find(name)
                .orElseThrow(
                        CommandException.saying(
                                "There is no profile '%s' in %s%s.",
                                name, path, others.isEmpty() ? "" : ", which has: " + others));
    }

    private Map<String, Map<String, String>> sections() {
        List<String> lines;
        try {
            lines = Files.readAllLines(path);
        } catch (NoSuchFileException absent) {
            return Map.of();
        } catch (IOException unreadable) {
            throw new CommandException(
                    "The file of profiles " + path + " cannot be read as text.", unreadable);
        }
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        Map<String, String> section = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (line.startsWith("[") && line.endsWith("]")) {
                section = new LinkedHashMap<>();
                String name = line.substring(1, line.length() - 1).strip();
                if (!name.matches(NAME)
                        || name.equals(ConnectionFinder.LOCAL_PROFILE)
                        || sections.put(name, section) != null) {
                    throw wrong(
                            i,
                            "the name of a profile is 1 to 64 letters, digits, '_', '.' or '-',"
                                    + " occurs once, and is not 'local'");
                }
                continue;
            }
            int equals = line.indexOf('=');
            String name = equals < 0 ? line : line.substring(0, equals).strip();
            String value = equals < 0 ? "" : line.substring(equals + 1).strip();
            if (section == null
                    || value.isEmpty()
                    || !SETTINGS.contains(name)
                    || section.put(name, value) != null) {
                throw wrong(
                        i,
                        "below a line '[NAME]', write 'endpoint = URL' and 'key = KEY' at most once"
                                + " each");
            }
        }
        if (sections.values().stream().anyMatch(each -> each.containsKey("key"))) {
            requirePrivate();
        }
        return sections;
    }

    private CommandException wrong(int index, String rule) {
        return new CommandException(
                "Line " + (index + 1) + " of " + path + " is not understood: " + rule + ".");
    }

    private void requirePrivate() {
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        try {
            CommandException.require(
                    Collections.disjoint(view.readAttributes().permissions(), OF_OTHERS),
                    "%s holds a key and is open to other users of this machine: run 'chmod 600 %s'.",
                    path,
                    path);
        } catch (IOException e) {
            throw new CommandException("The permissions of " + path + " cannot be read.", e);
        }
    }
}
