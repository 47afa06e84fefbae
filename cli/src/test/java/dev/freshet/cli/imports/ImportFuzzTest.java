package dev.freshet.cli.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.imports.mapping.MappingTarget;
import dev.freshet.testkit.fuzz.Campaign;
import dev.freshet.testkit.fuzz.FuzzTarget;
import dev.freshet.testkit.fuzz.Fuzzing;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzing of the files that an import reads. */
class ImportFuzzTest {
    static Stream<Class<? extends FuzzTarget>> targets() {
        return Stream.of(LinesTarget.class, MappingTarget.class);
    }

    static boolean campaign() {
        return Campaign.INPUTS > 0;
    }

    @ParameterizedTest
    @MethodSource("targets")
    void mutationsOfGoodFilesAreReadOrRefused(Class<? extends FuzzTarget> type)
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
