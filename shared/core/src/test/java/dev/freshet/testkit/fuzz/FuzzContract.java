package dev.freshet.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds of every {@link FuzzTarget}. A test of some targets extends it and names them in a
 * static method {@code targets}; {@code -Pfuzz} adds the campaigns.
 */
public abstract class FuzzContract {
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
        assertThat(outcome.findings()).as("described in %s", outcome.log()).isEmpty();
        assertThat(outcome.inputs()).isGreaterThanOrEqualTo(Campaign.INPUTS);
    }
}
