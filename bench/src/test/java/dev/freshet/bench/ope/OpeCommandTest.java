package dev.freshet.bench.ope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.Freshet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class OpeCommandTest {
    /** Environment variable with the parent folder of the data sets. */
    private static final String DATA = "FRESHET_DATA";

    @TempDir Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        CommandLine line = Freshet.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(words);
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out.toString());
    }

    private String file(List<String> lines) throws IOException {
        return Files.write(folder.resolve("lists.jsonl"), lines).toString();
    }

    private void assertRefused(String line, String sentence) throws IOException {
        assertThat(run("ope", file(List.of(line)))).as(line).isEqualTo(1);
        assertThat(err.toString()).contains(sentence).doesNotContain("\tat ");
    }

    /**
     * Lists of two places over three items, of which item 2 is clicked most.
     *
     * @param told factor on the propensities in the file, of those that were drawn with
     */
    private static List<String> lists(int count, double told) {
        Random random = new Random(1);
        double[] logging = {0.5, 0.3, 0.2};
        double[] evaluated = {0.2, 0.3, 0.5};
        List<String> lines = new ArrayList<>();
        for (int list = 0; list < count; list++) {
            int first = draw(logging, -1, random);
            int next = draw(logging, first, random);
            lines.add(
                    "{\"user\":\"u%d\",\"places\":[%s,%s]}"
                            .formatted(
                                    list % 3_000,
                                    place(first, -1, logging, evaluated, told, random),
                                    place(next, first, logging, evaluated, told, random)));
        }
        return lines;
    }

    private static int draw(double[] policy, int above, Random random) {
        double left = random.nextDouble() * (above < 0 ? 1 : 1 - policy[above]);
        int item = above == 0 ? 1 : 0;
        while (left >= policy[item]) {
            left -= policy[item];
            item += item + 1 == above ? 2 : 1;
        }
        return item;
    }

    private static String place(
            int item, int above, double[] logging, double[] evaluated, double told, Random random) {
        List<String> pool = new ArrayList<>();
        for (int other = 0; other < 3; other++) {
            if (other != above) {
                pool.add("{" + chances(other, above, logging, evaluated, told) + "}");
            }
        }
        return "{%s,\"reward\":%d,\"pool\":[%s]}"
                .formatted(
                        chances(item, above, logging, evaluated, told),
                        random.nextDouble() < 0.1 + 0.1 * item ? 1 : 0,
                        String.join(",", pool));
    }

    private static String chances(
            int item, int above, double[] logging, double[] evaluated, double told) {
        double left = above < 0 ? 1 : 1 - logging[above];
        double target = above < 0 ? 1 : 1 - evaluated[above];
        return String.format(
                Locale.ROOT,
                "\"item\":\"%d\",\"propensity\":%.6f,\"targets\":{\"new\":%.6f}",
                item,
                Math.min(1, told * logging[item] / left),
                evaluated[item] / target);
    }

    @Test
    void exportedExposuresAreEvaluatedWithinTheirInterval() throws IOException {
        int exit = run("ope", file(lists(20_000, 1)), "--json");

        assertThat(exit).as(err.toString()).isZero();
        JsonNode json = json();
        assertThat(json.path("refused").asBoolean()).isFalse();
        assertThat(json.path("places").asInt()).isEqualTo(2);
        assertThat(json.path("meanWeight").asDouble()).isCloseTo(1, within(0.03));
        // first place: .2·.1 + .3·.2 + .5·.3; second: the mean over the first of what is left
        double first = 0.23;
        double second =
                0.2 * (.3 / .8 * .2 + .5 / .8 * .3)
                        + 0.3 * (.2 / .7 * .1 + .5 / .7 * .3)
                        + 0.5 * (.2 / .5 * .1 + .3 / .5 * .2);
        for (String estimator : List.of("rips", "snrips", "cascadeDr")) {
            JsonNode interval = json.path("intervals").path(estimator);
            assertThat(first + second)
                    .as(estimator)
                    .isBetween(
                            interval.path(0).asDouble() - 0.01, interval.path(1).asDouble() + 0.01);
            assertThat(json.path(estimator).asDouble()).isCloseTo(first + second, within(0.03));
        }
        assertThat(json.has("ips")).isFalse();
    }

    @Test
    void propensitiesThatAreNotThoseOfTheDrawsAreRefused() throws IOException {
        assertThat(run("ope", file(lists(20_000, 0.8)), "--json")).isZero();

        assertThat(json().path("refused").asBoolean()).isTrue();
        assertThat(json().path("refusals").toString()).contains("mean weight", "shown");
        assertThat(json().has("rips")).isFalse();
    }

    @Test
    void tooFewListsAreRefused() throws IOException {
        assertThat(run("ope", file(lists(400, 1)))).isZero();

        assertThat(out.toString()).contains("refused: The effective sample size is");
    }

    @Test
    void badLinesAreNamedInASentence() throws IOException {
        assertRefused("{", "line 1: it is not one JSON object");
        assertRefused("{\"places\":[]}", "places holds 1 to 100 places");
        assertRefused("{\"places\":[{\"propensity\":1}]}", "has a text as item");
        assertRefused(
                "{\"places\":[{\"item\":\"a\",\"reward\":0,\"propensity\":0}]}",
                "a propensity is above 0");
        assertRefused(
                "{\"places\":[{\"item\":\"a\",\"reward\":0,\"propensity\":1,\"targets\":{}}]}",
                "--target");
        assertRefused(
                "{\"places\":[{\"item\":\"a\",\"propensity\":1,\"targets\":{\"x\":1}}]}",
                "a number as reward");
        assertThat(run("ope", "nowhere.jsonl")).isEqualTo(1);
        assertThat(run("ope", "open-bandit")).isEqualTo(1);
        assertThat(run("ope", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("There is no Open Bandit sample in");
    }

    @Test
    void openBanditGivesThePublishedFigures() throws IOException {
        String data = System.getenv(DATA);
        assumeTrue(data != null, DATA + " names no folder with open-bandit/obd");

        assertThat(run("ope", "open-bandit", "--data", data, "--json")).as(err.toString()).isZero();
        JsonNode men = json().path("men");
        assertThat(men.path("refused").asBoolean()).isFalse();
        assertThat(men.path("ips").asDouble()).isCloseTo(.00453, within(.00005));
        assertThat(men.path("snips").asDouble()).isCloseTo(.00460, within(.00005));
        assertThat(men.path("ess").asDouble()).isCloseTo(2467, within(20.0));
        assertThat(men.path("dr").asDouble()).isCloseTo(.00458, within(.00005));
        JsonNode back = men.path("thompsonToEven");
        assertThat(back.path("ips").asDouble()).isCloseTo(.003009, within(5e-7));
        assertThat(back.path("snips").asDouble()).isCloseTo(.003189, within(5e-7));
        assertThat(back.path("ess").asDouble()).isCloseTo(656, within(.5));
        JsonNode women = json().path("women");
        assertThat(women.path("refused").asBoolean()).isTrue();
        assertThat(women.path("ess").asDouble()).isCloseTo(2.1, within(.05));
        assertThat(women.path("meanWeight").asDouble()).isCloseTo(3.13, within(.005));
        assertThat(women.has("ips")).isFalse();
        JsonNode forth = women.path("evenToThompson");
        assertThat(forth.path("ips").asDouble()).isCloseTo(.006813, within(.00003));
        assertThat(forth.path("dr").asDouble()).isCloseTo(.00673, within(.00005));
    }
}
