package dev.freshet.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses the files of a release from an empty folder, where there is no checkout and no Maven. */
class ReleaseTest {
    private static final Path CHECKOUT = Path.of(System.getProperty("freshet.checkout"));
    private static final Path RELEASE = Path.of(System.getProperty("freshet.release"));
    private static final String VERSION = System.getProperty("freshet.version");
    private static final String PYTHON = VERSION.replaceFirst("-.*", "");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path folder;

    @Test
    void theCdkAppSynthesizesByItsCommandLineWhatTheCheckoutDoes() throws Exception {
        Path app = unpackedApp();
        assumeTrue(
                run(app, Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                                .exit()
                        == 0,
                "npm cannot install the CDK's command line here");
        Run synth =
                run(app, Map.of(), "npx", "--no-install", "cdk", "synth", "-q", "-c", "stage=prod");
        assertThat(synth.exit()).as(synth.text()).isZero();

        Path expected = synthesizedByCheckout(Map.of("stage", "prod"));
        assertThat(assembly(app.resolve("target/cdk.deploy"))).isEqualTo(assembly(expected));
    }

    @Test
    void withTheFilesOfTheWorkerAndTheBatchJobsItSynthesizesTheOptionsThatNeedThem()
            throws Exception {
        Path app = unpackedApp();
        unpack("freshet-worker", app.resolve("packages/worker"));
        Files.copy(
                RELEASE.resolve("freshet-batch-" + VERSION + ".jar"),
                app.resolve("packages/batch.jar"));
        Map<String, String> options =
                Map.of("lake", "true", "batch", "true", "consumer", "worker", "site", "true");
        Path out = folder.resolve("assembly");
        Run synth = run(app, context(options), "sh", "app.sh", out.toString());
        assertThat(synth.exit()).as(synth.text()).isZero();

        assertThat(assembly(out)).isEqualTo(assembly(synthesizedByCheckout(options)));
    }

    @Test
    void withoutThemItSaysWhatIsMissing() throws Exception {
        Path app = unpackedApp();
        Run worker =
                run(app, context(Map.of("consumer", "worker")), "sh", "app.sh", folder + "/none");
        assertThat(worker.exit()).isEqualTo(2);
        assertThat(worker.text()).contains("needs the worker's classes").doesNotContain("\tat ");
        Run batch =
                run(
                        app,
                        context(Map.of("lake", "true", "batch", "true")),
                        "sh",
                        "app.sh",
                        folder + "/none");
        assertThat(batch.exit()).isEqualTo(2);
        assertThat(batch.text())
                .contains("needs the jar of the batch jobs")
                .doesNotContain("\tat ");
    }

    @Test
    void theCommandLineRunsByItselfAndKnowsItsVersion() throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        String jar = RELEASE.resolve("freshet-cli-" + VERSION + ".jar").toString();
        Run version = run(folder, Map.of(), java, "-jar", jar, "--version");
        assertThat(version.text().strip()).isEqualTo("freshet " + VERSION);
        Run options = run(folder, Map.of(), java, "-jar", jar, "options", "lake");
        assertThat(options.exit()).as(options.text()).isZero();
        assertThat(options.text()).contains("lakeScanGb");
    }

    @Test
    void thePagesHaveTheHeadersOfTheStack() throws Exception {
        Path pages = unpack("freshet-pages", folder.resolve("pages"));
        assertThat(pages.resolve("dashboard/index.html")).exists();
        assertThat(pages.resolve("headers.json"))
                .hasSameBinaryContentAs(CHECKOUT.resolve("web/site/public/headers.json"));
    }

    @Test
    void everyFileHasItsVersionAndChecksum() throws Exception {
        Map<String, String> actual = new TreeMap<>();
        try (Stream<Path> files = Files.list(RELEASE)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!name.equals("SHA256SUMS")) {
                    // Python writes 1.2.3-rc.1 as 1.2.3rc1.
                    assertThat(name)
                            .contains(name.startsWith("freshet_client-") ? PYTHON : VERSION);
                    actual.put(name, sha256(file));
                }
            }
        }
        Map<String, String> expected = new TreeMap<>();
        for (String line : Files.readAllLines(RELEASE.resolve("SHA256SUMS"))) {
            List<String> parts = List.of(line.split(" [ *]", 2));
            expected.put(parts.get(1), parts.get(0));
        }
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void theNoticesNameEachLibraryOfTheCdkApp() throws Exception {
        String notices = Files.readString(RELEASE.resolve("THIRD-PARTY-" + VERSION + ".txt"));
        List<String> names = new ArrayList<>();
        try (Stream<Path> libraries = Files.list(unpackedApp().resolve("lib"))) {
            for (Path library : libraries.toList()) {
                String name = library.getFileName().toString().replaceFirst("-[0-9].*", "");
                names.add(name);
                if (!List.of("infra.jar", "core", "aws").contains(name)) {
                    assertThat(notices).contains(":" + name + " ");
                }
            }
        }
        assertThat(names).as("jars of this build alone").containsOnlyOnce("core", "aws");
    }

    private Path unpackedApp() throws IOException {
        return unpack("freshet-cdk", folder).resolve("freshet-cdk-" + VERSION);
    }

    private static Path unpack(String name, Path target) throws IOException {
        Path zip = RELEASE.resolve(name + "-" + VERSION + ".zip");
        try (FileSystem files = FileSystems.newFileSystem(zip);
                Stream<Path> entries = Files.walk(files.getPath("/"))) {
            for (Path entry : entries.toList()) {
                Path to = target.resolve(entry.toString().substring(1));
                if (Files.isDirectory(entry)) {
                    Files.createDirectories(to);
                } else if (!Files.exists(to)) {
                    Files.copy(entry, to);
                }
            }
        }
        return target;
    }

    private Path synthesizedByCheckout(Map<String, String> options) throws Exception {
        Path out = folder.resolve("expected");
        Run synth =
                run(
                        CHECKOUT,
                        context(options),
                        "sh",
                        CHECKOUT.resolve("infra/app.sh").toString(),
                        out.toString());
        assertThat(synth.exit()).as(synth.text()).isZero();
        return out;
    }

    /** Returns the template, the list of assets, and the hashes of the assets' contents by name. */
    private static List<Object> assembly(Path out) throws Exception {
        JsonNode template = JSON.readTree(out.resolve("Freshet.template.json").toFile());
        JsonNode assets = JSON.readTree(out.resolve("Freshet.assets.json").toFile());
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = out.relativize(file).toString();
                if (name.startsWith("asset.")) {
                    contents.put(name, sha256(file));
                }
            }
        }
        assertThat(contents).isNotEmpty();
        return List.of(template, assets, contents);
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return HexFormat.of().formatHex(hash);
    }

    private static Map<String, String> context(Map<String, String> options) throws IOException {
        return Map.of("CDK_CONTEXT_JSON", JSON.writeValueAsString(options));
    }

    private record Run(int exit, String text) {}

    private Run run(Path in, Map<String, String> environment, String... command) throws Exception {
        File log = File.createTempFile("run", ".log", folder.toFile());
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(in.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log);
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return new Run(process.waitFor(), Files.readString(log.toPath()));
    }
}
