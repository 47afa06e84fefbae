package dev.freshet.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What takes bytes from strangers takes anything. {@code ./mvnw verify -Pfuzz} for the million. */
class FuzzTest {
    static Stream<Class<? extends FuzzTarget>> targets() {
        return Stream.of(
                AvroTarget.class,
                ExamplesTarget.class,
                CredentialsTarget.class,
                CursorsTarget.class,
                DeltasTarget.class,
                SnapshotsTarget.class,
                QueriesTarget.class,
                EventsTarget.class,
                EventTypesTarget.class);
    }

    static boolean campaign() {
        return Campaign.INPUTS > 0;
    }

    @ParameterizedTest
    @MethodSource("targets")
    void mutationsOfGoodInputsAreTakenOrRefused(Class<? extends FuzzTarget> type)
            throws ReflectiveOperationException {
        FuzzTarget target = type.getDeclaredConstructor().newInstance();
        assertThat(Fuzzing.findings(target, 1)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("targets")
    @EnabledIf("campaign")
    void aCampaignEndsWithoutAFinding(Class<? extends FuzzTarget> type) throws Exception {
        Campaign.Outcome outcome = Campaign.run(type);
        assertThat(outcome.findings()).as("told in %s", outcome.log()).isEmpty();
        assertThat(outcome.inputs()).isGreaterThanOrEqualTo(Campaign.INPUTS);
    }
}
