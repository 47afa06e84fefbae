package dev.freshet.cli.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.cli.lake.LakeDoctor.LakeRights;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class LakeRightsTest {
    private static final StackOutputs OUTPUTS =
            new StackOutputs("freshet-prod", Map.of("LakeDatabaseName", "freshet_prod"));
    private static final String SETTINGS =
            "{\"DataLakeSettings\":{\"CreateTableDefaultPermissions\":[%s]}}";
    private static final String IAM =
            "{\"Principal\":{\"DataLakePrincipalIdentifier\":\"IAM_ALLOWED_PRINCIPALS\"}}";
    private static final String NO_ONE = SETTINGS.formatted("");

    @AutoClose
    private final FakeAws aws =
            new FakeAws().on("GetDataLakeSettings", SETTINGS.formatted(IAM)).on("GetTable", "{}");

    private Map<String, String> findings(StackOutputs outputs) {
        return LakeRights.findings(aws.clients(), outputs);
    }

    @Test
    void nothingIsMissingWhereIamGovernsAndTheTableIsThere() {
        assertThat(findings(OUTPUTS)).isEmpty();
        assertThat(aws.requests().getLast())
                .isEqualTo("GetTable {\"DatabaseName\":\"freshet_prod\",\"Name\":\"arrivals\"}");
    }

    @Test
    void whereLakeFormationGovernsTheCommandToRunIsTold() {
        aws.on("GetDataLakeSettings", NO_ONE)
                .on("GetTable", "{\"__type\":\"AccessDeniedException\",\"Message\":\"no grant\"}");

        assertThat(findings(OUTPUTS))
                .containsOnlyKeys("lake-formation-defaults", "no-table")
                .allSatisfy(
                        (code, sentence) ->
                                assertThat(sentence)
                                        .contains(
                                                "aws lakeformation grant-permissions",
                                                "freshet_prod"));
    }

    @Test
    void beforeAStackHasALakeItsAccountAloneIsAskedFor() {
        aws.on("GetDataLakeSettings", NO_ONE);

        assertThat(findings(new StackOutputs("Freshet-Dev", Map.of())))
                .containsOnlyKeys("lake-formation-defaults")
                .allSatisfy((code, sentence) -> assertThat(sentence).contains("freshet_dev"));
        assertThat(aws.requests()).hasSize(1);
    }

    @Test
    void settingsThatMayNotBeReadAreAFinding() {
        aws.on("GetDataLakeSettings", "{\"__type\":\"AccessDeniedException\"}");

        assertThat(findings(OUTPUTS)).containsOnlyKeys("lake-formation-unknown");
    }

    @Test
    void aTableThatIsNotThereIsAFinding() {
        aws.on("GetTable", "{\"__type\":\"EntityNotFoundException\"}");

        assertThat(findings(OUTPUTS))
                .containsOnlyKeys("no-table")
                .allSatisfy((code, sentence) -> assertThat(sentence).contains("deploy"));
    }
}
