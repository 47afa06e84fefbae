package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FunctionsJarTest {
    private static final Path JAR = Path.of("../functions/handlers/target/functions.jar");
    private static final long LARGEST = 25_000_000;

    @BeforeAll
    static void theJarIsPacked() {
        assumeTrue(
                Files.exists(JAR), "functions.jar is made by the phase package, which was not run");
    }

    @Test
    void theJarIsLean() throws IOException {
        assertThat(Files.size(JAR)).isLessThanOrEqualTo(LARGEST);
    }

    @Test
    void everyLibraryWorksOutOfTheJarAlone() throws Exception {
        URL own = FunctionsJarProbe.class.getProtectionDomain().getCodeSource().getLocation();
        URL[] path = {JAR.toUri().toURL(), own};
        try (var alone = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            var probe =
                    (Callable<?>)
                            alone.loadClass(FunctionsJarProbe.class.getName())
                                    .getDeclaredConstructor()
                                    .newInstance();

            assertThat(probe.call())
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(String.class))
                    .contains(
                            "StandardAnalyzer [rivers, running, rios, correndo]",
                            "EnglishAnalyzer [river, run, rio, correndo]",
                            "PortugueseAnalyzer [river, running, rio, corrend]",
                            "SpanishAnalyzer [rivers, running, rios, corrend]",
                            "FrenchAnalyzer [riv, runing, rio, corendo]",
                            "GermanAnalyzer [rivers, running, rios, correndo]",
                            "ItalianAnalyzer [rivers, running, rios, corrend]",
                            "DutchAnalyzer [river, running, rios, correndo]",
                            "avro freshet",
                            "agent Firefox",
                            "jwt reader",
                            "log JDK14LoggerFactory",
                            "dynamodb refused",
                            "kinesis refused",
                            "s3 refused",
                            "secrets refused");
        }
    }

    @Test
    void servicesAndLicencesOfTheLibrariesAreKept() throws IOException {
        try (var jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(entry -> entry.getName()))
                    .contains("META-INF/LICENSE", "META-INF/LICENSE.txt", "META-INF/NOTICE")
                    .contains("META-INF/services/software.amazon.awssdk.http.SdkHttpService")
                    .doesNotHaveDuplicates();
        }
    }
}
