package dev.freshet.testkit.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fuzzing campaign with Jazzer. It runs the number of inputs that {@code freshet.fuzz.inputs}
 * sets against one target, in a process of its own, and appends a row to the table {@code
 * target/fuzz.md}. Findings and the corpus are kept in {@code target/fuzz}; the next run starts
 * from that corpus.
 */
public final class Campaign {
    /** Number of inputs; 0, so that no campaign runs, in the ordinary build. */
    public static final int INPUTS = Integer.getInteger("freshet.fuzz.inputs", 0);

    private static final int MAX_FINDINGS = 20;
    private static final int MAX_SECONDS_PER_INPUT = 20;
    private static final int MAX_HEAP_MB = 512;
    private static final int MAX_MEMORY_MB = 2_048;
    private static final String CONNECTION_SANITIZER =
            "com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery";
    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in \\d+ second");
    private static final Pattern FINDING = Pattern.compile("(?m)^== Java Exception: (.*)$");
    private static final Pattern COVERED = Pattern.compile("cov: (\\d+) ft: \\d+ corp: (\\d+)");
    private static final String HEAD =
            "| target | inputs | findings | edges covered | inputs kept |\n|---|---|---|---|---|\n";

    private Campaign() {}

    /**
     * The result of a run.
     *
     * @param inputs number of inputs that Jazzer reports
     * @param findings the first line of each distinct exception
     * @param log Jazzer's output
     */
    public record Outcome(long inputs, List<String> findings, Path log) {}

    /** Runs until all inputs are done or there are {@value #MAX_FINDINGS} findings. */
    public static Outcome run(Class<? extends FuzzTarget> type)
            throws IOException, InterruptedException, ReflectiveOperationException {
        FuzzTarget target = type.getDeclaredConstructor().newInstance();
        Path folder = Path.of("target", "fuzz", target.name().replaceAll("[^A-Za-z]+", "-"));
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        int number = 0;
        for (byte[] seed : target.seeds()) {
            Files.write(corpus.resolve("seed-" + number++), seed);
        }
        Path dictionary = folder.resolve("words.txt");
        Files.write(dictionary, target.words().stream().map(Campaign::quoted).toList());
        Path log = folder.resolve("log.txt");
        Process jazzer =
                new ProcessBuilder(command(type, target, folder))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            jazzer.waitFor();
        } finally {
            jazzer.destroyForcibly();
        }
        return outcome(target, log);
    }

    private static List<String> command(
            Class<? extends FuzzTarget> type, FuzzTarget target, Path folder) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>();
        Collections.addAll(
                command,
                java,
                "-Xmx" + MAX_HEAP_MB + "m",
                "-XX:+UseSerialGC",
                "-Xss512k",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Daws.cborEnabled=false",
                "-cp",
                classes,
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + JazzerEntry.class.getName(),
                "--target_args=" + type.getName(),
                "--instrumentation_includes=dev.freshet.**:org.apache.avro.io.**:com.auth0.jwt.**",
                "--instrumentation_excludes=dev.freshet.fuzz.**",
                "--keep_going=" + MAX_FINDINGS,
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-runs=" + INPUTS,
                "-seed=1",
                "-max_len=" + target.maxLength(),
                "-timeout=" + MAX_SECONDS_PER_INPUT,
                "-rss_limit_mb=" + MAX_MEMORY_MB,
                folder.resolve("corpus").toString());
        if (!target.words().isEmpty()) {
            command.add("-dict=" + folder.resolve("words.txt"));
        }
        if (target.connects()) {
            command.add("--disabled_hooks=" + CONNECTION_SANITIZER);
        }
        return command;
    }

    private static String quoted(String word) {
        StringBuilder quoted = new StringBuilder("\"");
        for (byte each : word.getBytes(StandardCharsets.UTF_8)) {
            quoted.append("\\x%02X".formatted(each & 0xFF));
        }
        return quoted.append('"').toString();
    }

    private static Outcome outcome(FuzzTarget target, Path log) throws IOException {
        String output = new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1);
        Matcher done = DONE.matcher(output);
        long inputs = done.find() ? Long.parseLong(done.group(1)) : 0;
        List<String> findings =
                FINDING.matcher(output).results().map(one -> one.group(1)).distinct().toList();
        String edges = "–";
        String inputsKept = "–";
        Matcher covered = COVERED.matcher(output);
        while (covered.find()) {
            edges = covered.group(1);
            inputsKept = covered.group(2);
        }
        Path table = Path.of("target", "fuzz.md");
        try {
            Files.writeString(table, HEAD, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException begun) {
            // by another campaign, which may run beside this one
        }
        Files.writeString(
                table,
                "| %s | %,d | %d | %s | %s |%n"
                        .formatted(target.name(), inputs, findings.size(), edges, inputsKept),
                StandardOpenOption.APPEND);
        return new Outcome(inputs, findings, log);
    }
}
