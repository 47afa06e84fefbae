package dev.freshet.local.function;

import dev.freshet.local.emulator.ParentWatch;
import dev.freshet.local.template.Cloud.FunctionDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The JVM that Lambda's runtime {@code java25} starts for a function: its options, its environment
 * variables, and AWS's runtime interface client as its main class.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html">Customize
 *     Java runtime startup behavior</a>
 */
public final class LambdaJvm {
    /** The main class of AWS's runtime interface client. */
    public static final String CLIENT =
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    /** The variable with which a function sets options of its JVM. */
    public static final String TOOL_OPTIONS = "JAVA_TOOL_OPTIONS";

    private static final String NATIVE_CLIENT =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";
    private static final String LEVEL = "-XX:TieredStopAtLevel=";

    /** How a process is initialised, as in the variable {@code AWS_LAMBDA_INITIALIZATION_TYPE}. */
    public enum Initialisation {
        /** The process starts for a request that waits. */
        ON_DEMAND("on-demand"),

        /** The process starts when a version is published, and is restored from its snapshot. */
        SNAP_START("snap-start");

        private final String text;

        Initialisation(String text) {
            this.text = text;
        }
    }

    private LambdaJvm() {}

    /**
     * Returns the options of the command line, without heap and class path: the serial collector,
     * the compiler's level, and the runtime client's implementation of the hooks around snapshots.
     */
    public static List<String> options(FunctionDefinition function) {
        List<String> options = new ArrayList<>(List.of("-XX:+UseSerialGC"));
        options.addAll(compilerDefault(function));
        options.add("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
        return options;
    }

    /**
     * Returns all options for the compilers: those that Lambda gives, and those that the function
     * sets itself.
     */
    public static List<String> compilerOptions(FunctionDefinition function) {
        List<String> options = new ArrayList<>(compilerDefault(function));
        toolOptions(function).stream()
                .filter(option -> option.contains("Tiered"))
                .forEach(options::add);
        return options;
    }

    /**
     * Returns what Lambda gives: only the fast compiler, C1, which is level 1; but all levels,
     * which is the JVM's default, to functions with SnapStart and to those that set a level
     * themselves.
     */
    private static List<String> compilerDefault(FunctionDefinition function) {
        boolean own = toolOptions(function).stream().anyMatch(option -> option.startsWith(LEVEL));
        return function.snapStart() || own ? List.of() : List.of(LEVEL + "1");
    }

    private static List<String> toolOptions(FunctionDefinition function) {
        String options = function.environment().getOrDefault(TOOL_OPTIONS, "");
        return options.isBlank() ? List.of() : List.of(options.strip().split("\\s+"));
    }

    /**
     * Returns the environment variables that Lambda adds to those of the function.
     *
     * @param runtimeApi host and port of the Runtime API
     * @param taskRoot the folder of the function's code
     */
    public static Map<String, String> variables(
            FunctionDefinition function,
            Initialisation initialisation,
            String runtimeApi,
            String taskRoot) {
        Map<String, String> variables = new HashMap<>();
        variables.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
        variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
        variables.put(
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMegabytes()));
        variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", initialisation.text);
        variables.put("LAMBDA_TASK_ROOT", taskRoot);
        return variables;
    }

    /**
     * Returns the JVM argument that names the native library of the client, which is unpacked into
     * a folder; empty if the client has no library for this machine. By default the client of every
     * process extracts the library to one fixed path under {@code /tmp}, and processes that start
     * together crash on each other's incomplete file.
     */
    public static List<String> nativeClient(Path folder) {
        String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        boolean musl =
                Files.exists(Path.of("/lib/ld-musl-" + machine.replace("_64", "64") + ".so.1"))
                        || Files.exists(Path.of("/lib/ld-musl-" + machine + ".so.1"));
        String name = "libaws-lambda-jni.linux" + (musl ? "_musl-" : "-") + machine + ".so";
        Path file = folder.resolve(name);
        try (InputStream library = LambdaJvm.class.getResourceAsStream("/jni/" + name)) {
            if (library == null) {
                return List.of();
            }
            unpack(library, file);
            return List.of("-D" + NATIVE_CLIENT + "=" + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized void unpack(InputStream library, Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "jni", ".new");
        Files.copy(library, fresh, StandardCopyOption.REPLACE_EXISTING);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Starts the client, which ends when the parent process ends.
     *
     * @param args class name of the handler
     */
    public static void main(String[] args) throws ReflectiveOperationException {
        ParentWatch.begin();
        Class.forName(CLIENT).getMethod("main", String[].class).invoke(null, (Object) args);
    }
}
