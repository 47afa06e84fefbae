package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.bench.function.FunctionPackage;
import dev.freshet.bench.function.FunctionProcess;
import dev.freshet.bench.function.Relay;
import dev.freshet.cli.CommandException;
import dev.freshet.local.function.LambdaJvm;
import dev.freshet.local.template.Cloud.FunctionDefinition;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Freezes processes of {@link AnsweringHandler} under AWS's runtime interface client. Nothing waits
 * longer than a minute.
 */
@Timeout(60)
class ThawTest {
    private static final Path CLIENT = Path.of("..", "localstack/target/runtime-client");

    @TempDir private static Path folder = Path.of("");

    private final List<String> messages = new ArrayList<>();
    private final List<FunctionProcess> started = new ArrayList<>();
    private final Thaw thaw = new Thaw(InstantSource.system(), messages::add);

    @BeforeEach
    void theRuntimeClientIsLaidOut() {
        assumeTrue(
                Files.isDirectory(CLIENT),
                "the runtime client is laid out by the phase package, which was not run");
    }

    @AfterEach
    void end() {
        thaw.close();
        started.forEach(FunctionProcess::close);
        assertThat(messages).isEmpty();
    }

    @Test
    void processesAnswerAgainAfterEachFreeze() throws Exception {
        for (int process = 0; process < 2; process++) {
            Relay relay = Relay.plain(URI.create("http://127.0.0.1:1"), Duration.ZERO);
            thaw.add(start("good"), List.of(relay), id -> id);
        }
        List<Long> done = new ArrayList<>();

        for (int freeze = 0; freeze < 2; freeze++) {
            List<Thaw.Answer> answers =
                    thaw.freeze(Duration.ofMillis(200), () -> {}, id -> id, done::add);

            assertThat(answers)
                    .hasSize(2)
                    .allSatisfy(answer -> assertThat(answer.fault()).isEmpty());
        }
        assertThat(done).containsExactly(1L, 2L, 1L, 2L);
    }

    @Test
    void anAnswerThatIsDegradedAfterAFreezeIsAFault() throws Exception {
        thaw.add(start("degraded-after-first"), List.of(), id -> id);

        List<Thaw.Answer> answers =
                thaw.freeze(Duration.ofMillis(200), () -> {}, id -> id, done -> {});

        assertThat(answers.getFirst().fault())
                .hasValueSatisfying(fault -> assertThat(fault).contains("degraded"));
    }

    @Test
    void aStartThatIsDegradedAtFirstIsWaitedFor() throws Exception {
        thaw.add(start("good-after-first"), List.of(), id -> id);

        assertThat(thaw.freeze(Duration.ofMillis(200), () -> {}, id -> id, done -> {}))
                .allSatisfy(answer -> assertThat(answer.fault()).isEmpty());
    }

    @Test
    void aProcessThatEndsIsReportedAtOnceAndNotWaitedFor() throws Exception {
        FunctionProcess process = start("ends-after-first");

        assertThatThrownBy(() -> thaw.add(process, List.of(), id -> id))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("the process ended");
    }

    private FunctionProcess start(String behaviour) throws IOException {
        FunctionDefinition function =
                new FunctionDefinition(
                        "recommend",
                        AnsweringHandler.class.getName(),
                        Duration.ofSeconds(10),
                        128,
                        OptionalInt.empty(),
                        false,
                        Map.of());
        FunctionProcess process =
                FunctionProcess.start(
                        new FunctionProcess.Setup(
                                function,
                                new FunctionPackage(task(), client()),
                                Map.of(AnsweringHandler.BEHAVIOUR, behaviour),
                                folder.resolve(behaviour + ".log")),
                        LambdaJvm.Initialisation.ON_DEMAND,
                        List.of(),
                        InstantSource.system());
        started.add(process);
        return process;
    }

    /** Returns the folder of the tests' classes. */
    private static Path task() {
        return Path.of(
                URI.create(
                        AnsweringHandler.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString()));
    }

    private static List<Path> client() throws IOException {
        try (Stream<Path> jars = Files.list(CLIENT)) {
            return jars.map(Path::toAbsolutePath).map(Path::normalize).sorted().toList();
        }
    }
}
