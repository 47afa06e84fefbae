package dev.freshet.bench.function;

import dev.freshet.console.CommandException;
import dev.freshet.local.Options;
import dev.freshet.local.template.Cloud.FunctionDefinition;
import dev.freshet.local.template.TemplateReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The packaged functions, laid out for a process.
 *
 * @param taskRoot the working folder of the process; the runtime client loads classes from it by a
 *     class loader of its own, unless the class path has them
 * @param classPath the jars of the class path
 */
public record FunctionPackage(Path taskRoot, List<Path> classPath) {

    public FunctionPackage {
        classPath = List.copyOf(classPath);
    }

    /**
     * Returns the layout of Lambda's managed runtime: the code unpacked in the task root, and the
     * runtime client alone on the class path.
     *
     * @param home a built checkout
     * @param folder an empty folder that becomes the task root
     */
    public static FunctionPackage asInLambda(Path home, Path folder) {
        List<Path> client = client(home);
        unpack(functions(home), folder);
        return new FunctionPackage(folder, client);
    }

    /**
     * Returns a layout with the functions' jar on the class path, as a container image can have it.
     *
     * @param home a built checkout
     * @param folder an empty folder that becomes the task root
     */
    public static FunctionPackage onOneClassPath(Path home, Path folder) {
        List<Path> jars = new ArrayList<>(List.of(functions(home)));
        jars.addAll(client(home));
        return new FunctionPackage(folder, jars);
    }

    /**
     * Returns the definition of a function in the synthesised template.
     *
     * @param home a built checkout
     * @throws CommandException if the template has no such function
     */
    public static FunctionDefinition definition(Path home, String name) {
        return TemplateReader.read(Options.of(home).template()).functions().stream()
                .filter(function -> function.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new CommandException("The template has no function " + name + "."));
    }

    /** Returns the value of the option {@code -cp}. */
    String classPathText() {
        return classPath.stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path functions(Path home) {
        return existing(home.resolve("functions/handlers/target/functions.jar"));
    }

    private static List<Path> client(Path home) {
        Path folder = existing(home.resolve("localstack/target/runtime-client"));
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path existing(Path path) {
        return Optional.of(path)
                .filter(Files::exists)
                .orElseThrow(
                        () ->
                                new CommandException(
                                        "The packaged functions are missing: run './mvnw -q package -DskipTests'."));
    }

    private static void unpack(Path jar, Path folder) {
        try (FileSystem zip = FileSystems.newFileSystem(jar);
                Stream<Path> files = Files.walk(zip.getPath("/"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(file.toString().substring(1));
                Files.createDirectories(copy.resolveSibling(""));
                Files.copy(file, copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The packaged functions cannot be unpacked", e);
        }
    }
}
