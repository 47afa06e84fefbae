package dev.freshet.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.ResponseTransformer;

/**
 * Folders and files with what users did, which no other user of the machine can read: modes 700 and
 * 600. File systems without POSIX permissions keep their own.
 */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> FOLDER =
            PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE =
            PosixFilePermissions.fromString("rw-------");

    private PrivateFiles() {}

    /** Creates a folder and those above it; those that exist keep their permissions. */
    public static Path folder(Path folder) throws IOException {
        return Files.createDirectories(folder, attributes(folder, FOLDER));
    }

    /**
     * Creates a file that is empty; one that exists keeps its content and is closed to others.
     *
     * @return the file
     */
    public static Path file(Path file) throws IOException {
        try {
            return Files.createFile(file, attributes(file, FILE));
        } catch (FileAlreadyExistsException known) {
            return close(file);
        }
    }

    /** Returns what writes an object of S3 to a file, which begins anew with each attempt. */
    public static <T> ResponseTransformer<T, Path> receive(Path file) {
        return (response, content) -> {
            try (OutputStream out = Files.newOutputStream(file(file))) {
                content.transferTo(out);
                return file;
            } catch (IOException interrupted) {
                throw RetryableException.create("The object could not be received", interrupted);
            }
        };
    }

    /** Closes a folder or file to others. */
    public static Path close(Path path) throws IOException {
        if (isPosix(path)) {
            Files.setPosixFilePermissions(path, Files.isDirectory(path) ? FOLDER : FILE);
        }
        return path;
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> mode) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
