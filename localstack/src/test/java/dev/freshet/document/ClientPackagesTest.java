package dev.freshet.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.local.TestCloud;
import dev.freshet.local.command.CommandRun;
import dev.freshet.testkit.Thorough;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each package of a release, made as a release makes it and used by a project outside of the
 * checkout that has nothing but it: the example of its README is compiled, or checked by a type
 * checker, and run against the local cloud. Skipped by name where a tool or a registry is missing.
 */
@Thorough.Only
class ClientPackagesTest {
    private static final URI NPM = URI.create("https://registry.npmjs.org/typescript/7.0.2");
    private static final URI PYPI = URI.create("https://pypi.org/simple/mypy/");

    @TempDir private Path folder;

    @Test
    void theNpmPackagesServeAProjectInTypeScript() throws Exception {
        ClientProgram client = ClientProgram.TYPESCRIPT;
        client.assumeBuilt();
        assumeReachable(NPM);
        Path tracker = TestCloud.HOME.resolve("web/tracker/target/package");
        require("npm", "pack", client.directory().resolve("target/package").toString());
        require("npm", "pack", tracker.toString());
        Files.writeString(folder.resolve("package.json"), "{\"type\": \"module\"}");
        Files.writeString(folder.resolve("server.ts"), example(client));
        Files.writeString(
                folder.resolve("page.ts"),
                """
                import { init } from '@freshet/tracker';
                init({ endpoint: 'https://api.example.org', key: 'fpk_YOUR_KEY' }).track('like', { item: 'book-1' });
                """);

        require(
                "npm",
                "install",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                only("freshet-client-", ".tgz"),
                only("freshet-tracker-", ".tgz"),
                "typescript@7.0.2",
                "@types/node@20.19.9");
        require(
                "node_modules/.bin/tsc",
                "--strict",
                "--module",
                "nodenext",
                "--target",
                "es2022",
                "--types",
                "node",
                "server.ts",
                "page.ts");
        assertThat(folder.resolve("node_modules/@freshet/tracker/dist/freshet.js")).exists();
        run(client, List.of("node", "server.js"));
    }

    @Test
    void theWheelServesAProjectInPython() throws Exception {
        ClientProgram client = ClientProgram.PYTHON;
        client.assumeBuilt();
        assumeReachable(PYPI);
        require("sh", client.directory().resolve("build.sh").toString(), folder.toString());
        Files.writeString(folder.resolve("program.py"), example(client));

        require("python3", "-m", "venv", "environment");
        require("environment/bin/pip", "install", "--no-index", only("freshet_client-", ".whl"));
        require("environment/bin/pip", "install", "--quiet", "mypy==2.4.1");
        require("environment/bin/mypy", "--strict", "program.py");
        run(client, List.of("environment/bin/python", "program.py"));
        assertThat(only("freshet_client-", ".tar.gz")).isNotEmpty();
    }

    @Test
    void theJarServesAMavenProjectOfJava17(@TempDir Path repository) throws Exception {
        ClientProgram client = ClientProgram.JAVA;
        client.assumeBuilt();
        Path target = client.directory().resolve("target");
        Path jar = target.resolve("freshet-client.jar");
        assumeTrue(Files.exists(jar), "The jar was not built: run ./mvnw package.");
        String pom = Files.readString(target.resolve("freshet-client.pom"));
        String version = pom.replaceAll("(?s).*?<version>(.*?)</version>.*", "$1");
        Path place =
                Files.createDirectories(
                        repository.resolve("dev/freshet/freshet-client").resolve(version));
        Files.copy(jar, place.resolve("freshet-client-" + version + ".jar"));
        Files.writeString(place.resolve("freshet-client-" + version + ".pom"), pom);
        Path sources = Files.createDirectories(folder.resolve("src/main/java"));
        Files.writeString(sources.resolve("Example.java"), example(client));
        Files.writeString(folder.resolve("pom.xml"), project(repository, version));

        require(
                TestCloud.HOME.resolve("mvnw").toString(),
                "-B",
                "-ntp",
                "-Dmaven.repo.local=" + folder.resolve("local"),
                "-Dmaven.repo.local.tail="
                        + Path.of(System.getProperty("user.home"), ".m2/repository"),
                "-Dmdep.outputFile=classpath.txt",
                "compile",
                "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath");
        assertClassesAreOf(61, jar);
        run(
                client,
                List.of(
                        java17().orElse(Path.of(System.getProperty("java.home"), "bin", "java"))
                                .toString(),
                        "-cp",
                        "target/classes"
                                + File.pathSeparator
                                + Files.readString(folder.resolve("classpath.txt")),
                        "Example"));
    }

    private static String project(Path repository, String version) {
        return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>org.example</groupId>
          <artifactId>shop</artifactId>
          <version>1</version>
          <properties>
            <maven.compiler.release>17</maven.compiler.release>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          </properties>
          <repositories>
            <repository><id>release</id><url>%s</url></repository>
          </repositories>
          <dependencies>
            <dependency>
              <groupId>dev.freshet</groupId>
              <artifactId>freshet-client</artifactId>
              <version>%s</version>
            </dependency>
          </dependencies>
        </project>
        """
                .formatted(repository.toUri(), version);
    }

    /** A JVM of the release that the client is for, where distributions install it. */
    private static Optional<Path> java17() throws IOException {
        Path place = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(place)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(place)) {
            return homes.filter(
                            home ->
                                    home.getFileName()
                                            .toString()
                                            .matches(".*[^0-9]17[^0-9].*|.*-17"))
                    .map(home -> home.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }

    /** Each class of the jar has this major version of the format, whose number 61 is Java 17. */
    private static void assertClassesAreOf(int major, Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<String> classes =
                    file.stream()
                            .map(entry -> entry.getName())
                            .filter(name -> name.endsWith(".class"))
                            .toList();
            assertThat(classes).hasSizeGreaterThan(100);
            for (String name : classes) {
                try (InputStream in = file.getInputStream(file.getEntry(name))) {
                    assertThat(in.readNBytes(8)[7]).as(name).isEqualTo((byte) major);
                }
            }
        }
    }

    /** The example erases its user, as may be done once a minute: each client has its own. */
    private static String example(ClientProgram client) throws IOException {
        return client.example().replace("reader-7", user(client));
    }

    private static String user(ClientProgram client) {
        return "reader-of-a-package-in-" + client;
    }

    private void run(ClientProgram client, List<String> command) throws Exception {
        Map<String, String> environment =
                new HashMap<>(ClientsTest.environment(TestCloud.shared()));
        environment.put("PYTHONPATH", "");
        CommandRun run = ClientProgram.run(folder, command, environment);
        System.out.println(client + " by its package:\n" + run.out());
        ClientsTest.requireExample(run, user(client));
    }

    private void require(String... command) throws Exception {
        CommandRun run = ClientProgram.run(folder, List.of(command), Map.of());
        assertThat(run.code()).as(String.join(" ", command) + run.out() + run.err()).isZero();
    }

    private String only(String prefix, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> found =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith(prefix) && name.endsWith(ending))
                            .toList();
            assertThat(found).hasSize(1);
            return "./" + found.getFirst();
        }
    }

    private static void assumeReachable(URI page) {
        boolean reachable;
        try (InputStream in = page.toURL().openStream()) {
            reachable = in.read() >= 0;
        } catch (IOException e) {
            reachable = false;
        }
        assumeTrue(reachable, page + " cannot be reached.");
    }
}
