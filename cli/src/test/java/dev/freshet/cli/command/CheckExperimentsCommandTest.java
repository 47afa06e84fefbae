package dev.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.CommandServer;
import dev.freshet.cli.CommandServer.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckExperimentsCommandTest {
    private static final String GOOD =
            """
            {"id":"home","version":1,"status":"running","layer":"ranking","slots":[0,5000],
             "salt":"home-1","plannedUsers":20000,
             "arms":[{"id":"control","weight":0.5},{"id":"wide","weight":0.5,"diversity":0.5}],
             "metrics":{"primary":"listCtr"}}
            """;

    @TempDir Path folder = Path.of("");

    private static Ran check(String... words) {
        return CommandServer.alone(
                Stream.concat(Stream.of("experiments", "check"), Stream.of(words))
                        .toArray(String[]::new));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void aGoodDefinitionIsDescribedWithTheArmOfAUser() throws IOException {
        Ran ran = check(file("a.json", GOOD), "--user", "reader-2", "--json");

        assertThat(ran.code()).as(ran.err()).isZero();
        JsonNode json = new ObjectMapper().readTree(ran.out());
        assertThat(json.at("/experiments/home/share").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/experiments/home/arms/wide").asDouble()).isEqualTo(0.25);
        assertThat(json.path("assigned").isObject()).isTrue();
    }

    @Test
    void aDefinitionThatMeasuresRevenueIsToldWhoseAmountsCount() throws IOException {
        String paid = GOOD.replace("\"listCtr\"", "\"revenuePerUser\",\"currency\":\"EUR\"");

        assertThat(check(file("a.json", GOOD)).out()).doesNotContain("publishableAmounts");
        assertThat(check(file("b.json", paid)).out()).contains("publishableAmounts=true");
    }

    @Test
    void anArmWhoseFilterCanEmptyListsIsWarnedOf() throws IOException {
        String filter = "\"diversity\":0.5,\"filter\":{\"field\":\"itemId\",\"is\":\"spam\"}";
        String narrow = GOOD.replace("\"diversity\":0.5", filter);

        assertThat(check(file("a.json", GOOD)).out()).doesNotContain("short or empty");
        assertThat(check(file("b.json", narrow)).out())
                .contains("The filter of the arm wide can leave lists short or empty");
    }

    @Test
    void aBadDefinitionIsRefusedInASentence() throws IOException {
        String file = file("a.json", GOOD.replace("listCtr", "ctr"));

        Ran ran = check(file);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .contains("metrics.primary is one of listCtr", "(unknown-metric)")
                .doesNotContain("\tat ");
    }

    @Test
    void definitionsThatDisturbEachOtherAreRefused() throws IOException {
        String one = file("a.json", GOOD);
        String other = file("b.json", GOOD.replace("\"home", "\"search"));

        assertThat(check(one, other).err()).contains("(slots-taken)");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(check("nowhere.json").err()).contains("There is no readable file nowhere.json.");
        assertThat(CommandServer.alone("experiments").code()).isEqualTo(1);
    }
}
