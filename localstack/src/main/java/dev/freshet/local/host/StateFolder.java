package dev.freshet.local.host;

import dev.freshet.console.CommandException;
import dev.freshet.console.PrivateFiles;
import dev.freshet.folder.LocalState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds all state of a local cloud, locked while the cloud runs.
 *
 * <p>The lock is a {@link FileLock} on the file {@code lock}, which the system releases when the
 * process ends for any reason. {@code running.json} holds the process id and the API's address; it
 * is informative and never serves as the lock.
 */
public final class StateFolder implements AutoCloseable {

    /** Name of the file in which a demo notes its site and seed. */
    public static final String DEMO = "demo-seed";

    private static final String LOCK = "lock";

    /**
     * Bytes that the emulators need, which end when they cannot write, and write some MB at once.
     */
    public static final long LEAST_SPACE = 8 << 20;

    private final Path folder;
    private final FileChannel channel;

    private StateFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Locks the folder, creating it if necessary.
     *
     * @throws LocalCloudException if another process holds the lock, or the disk is full
     */
    public static StateFolder take(Path folder) {
        try {
            PrivateFiles.close(PrivateFiles.folder(folder));
            CommandException.require(
                    full(folder, LEAST_SPACE).isEmpty(), full(folder, LEAST_SPACE).orElse(""));
            FileChannel channel =
                    FileChannel.open(
                            folder.resolve(LOCK),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new LocalCloudException(taken(folder));
            }
            Files.deleteIfExists(folder.resolve(LocalState.RUNNING));
            return new StateFolder(folder, channel);
        } catch (IOException e) {
            throw new LocalCloudException(
                    "The state folder " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * Returns that a disk has less than some bytes left for the state and what to do; empty where
     * it has more.
     */
    public static Optional<String> full(Path folder, long least) {
        return folder.toFile().getUsableSpace() >= least || folder.toFile().getTotalSpace() == 0
                ? Optional.empty()
                : Optional.of(
                        "No space left for the state in %s: free some, and start the local cloud again; what it acknowledged is kept. --state DIR takes another folder."
                                .formatted(folder));
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String taken(Path folder) {
        return "A local cloud already runs on "
                + folder
                + new LocalState(folder).lastRun()
                + ". Use that one, stop it with Ctrl-C, or choose another folder with --state.";
    }

    /**
     * Records the running process and the address of its API.
     *
     * @param environment environment of the functions, for tools that access the stores directly;
     *     the secret is left out
     */
    public void running(URI api, Map<String, String> environment) {
        write(LocalState.RUNNING, LocalState.note(api, environment));
    }

    public Path path() {
        return folder;
    }

    /** Returns a subfolder, creating it if necessary. */
    public Path folder(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes everything except the lock. */
    public void empty() {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!each.equals(folder) && !each.equals(folder.resolve(LOCK))) {
                    Files.delete(each);
                }
            }
        } catch (IOException e) {
            throw new LocalCloudException(
                    "The state folder " + folder + " cannot be emptied: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the secret of this folder's stack: 256 bits in hexadecimal, created once, readable
     * only by the owner.
     */
    public String secret(RandomGenerator random) {
        Path file = folder.resolve(LocalState.SECRET);
        try {
            if (!Files.exists(file)) {
                byte[] bytes = new byte[32];
                random.nextBytes(bytes);
                writePrivate(LocalState.SECRET, HexFormat.of().formatHex(bytes));
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the site of the demo that lived in this folder; empty where none did. */
    public Optional<String> demo() {
        try (Stream<String> note = Files.lines(folder.resolve(DEMO))) {
            return note.findFirst()
                    .map(text -> text.replaceFirst("^\\d", "newspaper "))
                    .map(text -> text.replaceFirst(" .*", ""));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts a start or a deployment, and returns how many there were. */
    public long starts() {
        Path file = folder.resolve("starts");
        try {
            long starts = 1;
            if (Files.exists(file)) {
                starts += Long.parseLong(Files.readString(file).strip());
            }
            write("starts", Long.toString(starts));
            return starts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Replaces a file atomically: a process that reads it, or a start after a kill, sees either the
     * old text or the new one.
     */
    public void write(String name, String text) {
        writeWhole(folder.resolve(name), text);
    }

    /**
     * Replaces a file atomically with one that only its owner can ever read, on file systems with
     * POSIX permissions.
     */
    public void writePrivate(String name, String text) {
        replace(folder.resolve(name), fresh -> Files.writeString(PrivateFiles.file(fresh), text));
    }

    /** Replaces a file atomically, by a rename. */
    public static void writeWhole(Path file, String text) {
        replace(file, fresh -> Files.writeString(fresh, text));
    }

    /** Writer of a file that does not exist yet. */
    @FunctionalInterface
    public interface FileWriter {
        void write(Path fresh) throws IOException;
    }

    /**
     * Replaces a file atomically by another that is written beside it.
     *
     * @param file its folder exists
     */
    public static void replace(Path file, FileWriter writer) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            writer.write(fresh);
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(folder.resolve(LocalState.RUNNING));
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
