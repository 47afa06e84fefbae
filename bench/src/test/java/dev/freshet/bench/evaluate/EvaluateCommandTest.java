package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.Freshet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class EvaluateCommandTest {
    @TempDir Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /**
     * Runs the command.
     *
     * @param words arguments separated by blanks; FILE is a file of 200 views
     */
    private int run(String words) throws IOException {
        CommandLine line = Freshet.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        String all = "evaluate " + words;
        return line.execute(
                all.contains("FILE")
                        ? all.replace("FILE", someCsv().toString()).split(" ", -1)
                        : all.split(" ", -1));
    }

    /** Returns the result of the command, which succeeds. */
    private JsonNode evaluate(String words) throws IOException {
        assertThat(run(words + " --json")).as(err.toString()).isZero();
        return new ObjectMapper().readTree(out.toString().strip().lines().toList().getLast());
    }

    private Path csv(String... lines) throws IOException {
        return Files.write(folder.resolve("events.csv"), List.of(lines));
    }

    /** Writes lines by their numbers and by their times, which are 50 seconds apart. */
    private Path csv(String header, int count, BiFunction<Integer, Integer, String> line)
            throws IOException {
        Stream<String> lines =
                IntStream.range(0, count).mapToObj(at -> line.apply(at, 1_700_000_000 + at * 50));
        return csv(
                Stream.concat(Stream.of(header).filter(text -> !text.isEmpty()), lines)
                        .toArray(String[]::new));
    }

    private Path someCsv() throws IOException {
        return csv("", 200, (at, t) -> "p%d,i%d,view,,%d".formatted(at % 12, at * at % 17, t));
    }

    @Test
    void repeatsAreRankedLikeFirstInteractionsWhereAskedFor() throws IOException {
        JsonNode json = evaluate("FILE --repeats");

        assertThat(json.path("repeatsRanked").asBoolean()).isTrue();
        assertThat(json.path("moments").asInt()).isEqualTo(json.path("events").asInt());
        assertThat(json.path("repeatedRecall@10").isNumber()).isTrue();
        assertThat(json.path("firstMrr@10").isNumber()).isTrue();
        assertThat(json.has("repeatsRecall@10")).isFalse();
        assertThat(json.path("sources").path("repeat").has("repeatedRecall@10")).isTrue();
        assertThat(json.path("baselines").path("item-knn").has("repeatedRecall@10")).isTrue();
    }

    @Test
    void aCsvFileIsEvaluatedAndReportedAsJsonWithTheBlendOnTop() throws IOException {
        JsonNode json = evaluate("FILE");

        assertThat(json.path("evaluate").asText()).isEqualTo("csv");
        for (String figure :
                List.of(
                        "recall@10",
                        "mrr@10",
                        "thinRecall@10",
                        "coverage@10",
                        "repeatsRecall@10",
                        "seconds")) {
            assertThat(json.path(figure).isNumber()).as(figure).isTrue();
        }
        assertThat(json.path("intervals").path("recall@10").size()).isEqualTo(2);
        assertThat(json.path("sources").has("co-occurrence")).isTrue();
        assertThat(json.at("/sources/popularity/lead/recall@10").has("verdict")).isTrue();
        assertThat(json.path("baselines").has("item-knn")).isTrue();
        assertThat(json.path("notes"))
                .extracting(JsonNode::asText)
                .anySatisfy(
                        note ->
                                assertThat(note)
                                        .startsWith("Baseline popularity: half-life")
                                        .endsWith("on the first 30 %."));
        assertThat(json.path("recall@10OverStream").size()).isEqualTo(20);
        assertThat(json.path("seed").asLong()).isEqualTo(1);
    }

    @Test
    void aSingleParticipantIsTheLeadingEntry() throws IOException {
        JsonNode json = evaluate("csv --data FILE --only popularity");

        assertThat(json.path("only").path(0).asText()).isEqualTo("popularity");
        assertThat(json.path("recall@10").isNumber()).isTrue();
        assertThat(json.path("sources").size()).isEqualTo(1);
        assertThat(json.path("baselines").size()).isZero();
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownNames() throws IOException {
        assertThat(run("FILE --only magic")).isEqualTo(1);
        assertThat(err.toString()).contains("magic", "blend", "co-occurrence", "ials");
    }

    @Test
    void badLinesAreReportedAndDoNotFailTheRun() throws IOException {
        Path file =
                csv(
                        "ann,tea,view,,1700000000",
                        "ann,pie,nibble,,1700000001",
                        "bob,tea,view,,1700000002");
        JsonNode json = evaluate(file + " --only blend");

        assertThat(err.toString()).contains("Line 2 ignored");
        assertThat(json.path("badLines").asInt()).isEqualTo(1);
        assertThat(json.path("moments").asInt()).isEqualTo(2);
        assertThat(json.path("neverSeen").asInt()).isEqualTo(1);
        assertThat(json.path("recall@10").asDouble()).isEqualTo(0.5);
    }

    @Test
    void aFileWithoutAReadableLineFails() throws IOException {
        assertThat(run(csv("what is this", "and this").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("Line 1 ignored", "No line");
    }

    @Test
    void theDefaultsAreThoseOfAStackAndTheReportNamesThem() throws IOException {
        JsonNode json = evaluate("FILE --only blend");

        assertThat(json.path("kAnonymity").asInt()).isEqualTo(3);
        assertThat(json.path("catalogue").asText()).isEqualTo("closed");
        assertThat(json.path("putAfterSeconds").asInt()).isZero();
    }

    @Test
    void aLateCatalogueCostsAccuracy() throws IOException {
        JsonNode late = evaluate("FILE --only blend --put-after 3000");
        assertThat(late.path("putAfterSeconds").asInt()).isEqualTo(3_000);
        assertThat(late.path("mrr@10").asDouble())
                .isLessThan(evaluate("FILE --only blend").path("mrr@10").asDouble());
    }

    @Test
    void aStackWithoutLimitsIsComparedOnRequest() throws IOException {
        JsonNode unlimited =
                evaluate("FILE --only blend --compare-unlimited").at("/baselines/unlimited");
        assertThat(unlimited.at("/lead/mrr@10/interval").size()).isEqualTo(2);

        JsonNode alone = evaluate("FILE --only blend --catalogue open --k-anonymity 1");
        assertThat(alone.path("recall@10")).isEqualTo(unlimited.path("recall@10"));
        assertThat(alone.path("catalogue").asText()).isEqualTo("open");
    }

    @Test
    void aStackWithoutASourceOrASignalIsComparedOnRequest() throws IOException {
        JsonNode json = evaluate("FILE --only blend --without device --without log-idle,session");
        JsonNode same = json.at("/baselines/without device");
        JsonNode less = json.at("/baselines/without log-idle, session");

        assertThat(same.path("mrr@10")).isEqualTo(json.path("mrr@10"));
        assertThat(same.path("told").asDouble()).isZero();
        assertThat(less.path("mrr@10")).isNotEqualTo(json.path("mrr@10"));
        assertThat(less.at("/lead/mrr@10/interval").size()).isEqualTo(2);
        assertThat(less.path("told").asDouble()).isPositive();
        for (JsonNode stack : List.of(json, less)) {
            assertThat(stack.path("millisPerList").asDouble()).isPositive();
            assertThat(stack.path("secondsOfLearning").asDouble()).isPositive();
        }
        assertThat(run("FILE --only blend --without each --first 20")).isZero();
        assertThat(out.toString()).contains("without content", "ms a list");
        assertThat(run("FILE --only blend --without magic")).isEqualTo(1);
        assertThat(err.toString()).contains("--without must be each", "log-idle");
    }

    @Test
    void whatAGeneratedSiteStatesOfItsUsersIsComparedOnRequest() throws IOException {
        String words =
                "newspaper --embedder none --only blend --first 400 --split-at 0.7 --batch 20";
        JsonNode json = evaluate(words + " --compare-cohorts");
        for (String stack : List.of("cohorts", "interests")) {
            assertThat(json.at("/baselines/" + stack + "/mrr@20"))
                    .as(stack)
                    .isNotEqualTo(json.path("mrr@20"));
        }
    }

    @Test
    void aPartOfAStreamIsEvaluatedAsASiteThatBeginsThere() throws IOException {
        JsonNode json = evaluate("FILE --only blend --from 20 --first 50");
        assertThat(json.path("events").asInt()).isEqualTo(50);
        assertThat(json.path("people").asInt()).isEqualTo(12);
    }

    @Test
    void otherStartingWeightsAreComparedOnRequest() throws IOException {
        Path table = folder.resolve("weights.txt");
        Files.write(table, List.of("# what nobody chose lately first", "log-idle 9 9 9"));

        JsonNode json = evaluate("FILE --only blend --compare-start " + table);
        JsonNode start = json.path("baselines").path("start");
        assertThat(start.at("/lead/mrr@10/interval").size()).isEqualTo(2);
        assertThat(start.path("mrr@10")).isNotEqualTo(json.path("mrr@10"));
        assertThat(run("FILE --only blend --compare-start stated")).isZero();

        Files.write(table, List.of("unheard-of 1 1 1"));
        assertThat(run("FILE --only blend --compare-start " + table)).isEqualTo(1);
        assertThat(err.toString()).contains("--compare-start: no line of starting weights");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    gowalla                                      | --data DIR
                    netflix                                      | netflix
                    gowalla --repeats                            | --repeats needs a ranking of a stream
                    FILE --first 0                               | --first must be at least 1
                    FILE --from 200                              | --from: there are 200 events.
                    FILE --tune --first 50                       | --first and --from need a ranking
                    FILE --put-after -1                          | --put-after must be between 0 and 31536000.
                    FILE --put-after 9 --catalogue open          | --put-after needs --catalogue closed.
                    FILE --tune --compare-unlimited              | --compare-unlimited needs a ranking
                    FILE --compare-cohorts                       | --compare-cohorts needs a ranking of ml-100k
                    FILE --catalogue ajar                        | ajar
                    FILE --split-at 0.5 --leave-last-one-out     | choose one
                    FILE --frozen                                | --frozen needs --split-at.
                    FILE --batch 9                               | --batch needs --split-at or
                    FILE --split-at soon                         | 'soon' is neither a share
                    FILE --split-at 2001-01-01                   | leaves nothing to learn: the events are from 2023
                    FILE --losses --split-at 0.5                 | --losses needs the blend
                    """,
            quoteCharacter = '"')
    void whatDoesNotGoTogetherIsRefusedWithASentence(String words, String sentence)
            throws IOException {
        assertThat(run(words)).isNotZero();
        assertThat(err.toString()).contains(sentence);
    }

    @Test
    void aMissingFileOfADataSetIsNamed() throws IOException {
        assertThat(run("deskdrop --data " + folder)).isEqualTo(1);
        assertThat(err.toString()).contains("users_interactions.csv");
    }

    private void gowalla(String name, CharSequence lines) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("gowalla")).resolve(name), lines);
    }

    @Test
    void aSplitIsEvaluatedOverSeveralSeeds() throws IOException {
        StringBuilder train = new StringBuilder();
        StringBuilder test = new StringBuilder();
        for (int user = 0; user < 20; user++) {
            train.append("%d %d %d %d%n".formatted(user, user % 4, 4 + user % 4, 8 + user % 7));
            test.append("%d %d%n".formatted(user, 8 + (user + 1) % 7));
        }
        gowalla("train.txt", train);
        gowalla("test.txt", test);
        JsonNode json = evaluate("gowalla --data " + folder + " --seed 5");

        assertThat(json.path("recall@20").isNumber()).isTrue();
        assertThat(json.path("ndcg@20").isNumber()).isTrue();
        assertThat(json.path("seeds").toString()).isEqualTo("[5,6,7]");
        assertThat(json.path("recall@20BySeed").size()).isEqualTo(3);
        assertThat(json.path("notes").toString()).contains("not temporal");
    }

    @Test
    void ratingsArePredictedOnRequest() throws IOException {
        Path file =
                csv(
                        "",
                        60,
                        (n, t) ->
                                "p%d,i%d,rating,%d,%d".formatted(n % 6, n * n % 17, 1 + n % 5, t));
        JsonNode json = evaluate(file + " --task rating");

        assertThat(json.path("rmse").isNumber()).isTrue();
        assertThat(json.path("mae").isNumber()).isTrue();
        assertThat(json.path("baselines").has("bias-baseline")).isTrue();
    }

    @Test
    void aSearchOnAStreamReportsItsSpaceAndTheLeadOfTheBest() throws IOException {
        JsonNode json = evaluate("FILE --tune --trials 3");

        assertThat(json.path("task").asText()).isEqualTo("tune");
        assertThat(json.path("trials").size()).isEqualTo(3);
        assertThat(json.at("/present/changed").size()).isZero();
        assertThat(json.at("/trials/1/changed").size()).isBetween(1, 2);
        assertThat(json.at("/best/recall@10").asDouble())
                .isGreaterThanOrEqualTo(json.at("/present/recall@10").asDouble());
        assertThat(json.at("/space/sourceExponent").size()).isGreaterThan(2);
    }

    @Test
    void aSearchOnASplitReadsNoTestLines() throws IOException {
        StringBuilder train = new StringBuilder();
        for (int user = 0; user < 20; user++) {
            train.append(user);
            for (int at = 0; at < 12; at++) {
                train.append(' ').append((user + at * (1 + user % 3)) % 40);
            }
            train.append(System.lineSeparator());
        }
        gowalla("train.txt", train);
        JsonNode json = evaluate("gowalla --data " + folder + " --tune --trials 2");

        assertThat(json.at("/best/recall@20").isNumber()).isTrue();
        assertThat(json.path("on").asText()).contains("20 of 240 train pairs");
    }

    @Test
    void aFileOfSessionsIsSplitAndReportedWithFourFiguresAtThreeDepths() throws IOException {
        String header = "SessionId\tItemId\tTime";
        Path file = csv(header, 240, (n, t) -> "s%d\ti%d\t%d.5".formatted(n / 4, n * n % 11, t));
        JsonNode json = evaluate(file + " --split-at 0.8 --frozen --repeats");

        assertThat(json.path("evaluate").asText()).isEqualTo("sessions");
        assertThat(json.path("protocol").asText()).isEqualTo("split-at");
        assertThat(json.path("frozen").asBoolean()).isTrue();
        assertThat(json.path("learnedBefore").asInt()).isEqualTo(192);
        // Twelve sessions of four events each, of which the first is not ranked.
        assertThat(json.path("moments").asInt()).isEqualTo(36);
        for (String figure : List.of("hr", "mrr", "ndcg", "recall")) {
            for (int depth : new int[] {5, 10, 20}) {
                assertThat(json.path(figure + "@" + depth).isNumber()).isTrue();
            }
        }
        assertThat(json.path("hr@20").asDouble())
                .isGreaterThanOrEqualTo(json.path("hr@5").asDouble());
        for (String rival : List.of("vs-knn", "stan", "vstan", "rp3beta", "ease", "ials")) {
            assertThat(json.at("/baselines/" + rival + "/lead/mrr@20").has("verdict"))
                    .as(rival)
                    .isTrue();
        }
    }

    @Test
    void theLastOneOfEachPersonIsLeftOutOnRequest() throws IOException {
        assertThat(run("FILE --leave-last-one-out --only blend")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("Not temporal", "Recall@20", "12 interactions ranked");
    }

    @Test
    void lossesAreReportedOnRequest() throws IOException {
        JsonNode json = evaluate("FILE --losses --only blend");

        assertThat(json.at("/losses/moments")).isEqualTo(json.path("moments"));
        assertThat(json.at("/losses/shares/rank1To10")).isEqualTo(json.path("recall@10"));
    }

    @Test
    void aFileWhoseFirstLineLacksAColumnFailsWithASentence() throws IOException {
        assertThat(run(csv("user_id:token\titem_id:token", "ann\ttea").toString())).isNotZero();
        assertThat(err.toString())
                .contains("line 1: The first line names no column timestamp:float");
    }
}
