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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvaluateCommandTest {
    @TempDir Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        CommandLine line = Freshet.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(words);
    }

    private Path csv(String... lines) throws IOException {
        Path file = folder.resolve("events.csv");
        Files.write(file, List.of(lines));
        return file;
    }

    private Path someCsv() throws IOException {
        String[] lines = new String[200];
        for (int at = 0; at < lines.length; at++) {
            lines[at] =
                    "p%d,i%d,view,,%d".formatted(at % 12, at * at % 17, 1_700_000_000 + at * 50);
        }
        return csv(lines);
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out.toString().strip().lines().toList().getLast());
    }

    @Test
    void repeatsAreRankedLikeFirstInteractionsWhereAskedFor() throws IOException {
        String file = someCsv().toString();
        int exit = run("evaluate", file, "--repeats", "--json");

        assertThat(exit).as(err.toString()).isZero();
        JsonNode json = json();
        assertThat(json.path("repeatsRanked").asBoolean()).isTrue();
        assertThat(json.path("moments").asInt()).isEqualTo(json.path("events").asInt());
        assertThat(json.path("repeatedRecall@10").isNumber()).isTrue();
        assertThat(json.path("firstMrr@10").isNumber()).isTrue();
        assertThat(json.has("repeatsRecall@10")).isFalse();
        assertThat(json.path("sources").path("repeat").has("repeatedRecall@10")).isTrue();
        assertThat(json.path("baselines").path("item-knn").has("repeatedRecall@10")).isTrue();
    }

    @Test
    void repeatsNeedAStream() {
        assertThat(run("evaluate", "gowalla", "--repeats")).isNotZero();
        assertThat(err.toString()).contains("--repeats needs a ranking of a stream");
    }

    @Test
    void aCsvFileIsEvaluatedAndReportedAsJsonWithTheBlendOnTop() throws IOException {
        int exit = run("evaluate", someCsv().toString(), "--json");

        assertThat(exit).as(err.toString()).isZero();
        JsonNode json = json();
        assertThat(json.path("evaluate").asText()).isEqualTo("csv");
        assertThat(json.path("recall@10").isNumber()).isTrue();
        assertThat(json.path("mrr@10").isNumber()).isTrue();
        assertThat(json.path("thinRecall@10").isNumber()).isTrue();
        assertThat(json.path("coverage@10").isNumber()).isTrue();
        assertThat(json.path("repeatsRecall@10").isNumber()).isTrue();
        assertThat(json.path("intervals").path("recall@10").size()).isEqualTo(2);
        assertThat(json.path("sources").has("co-occurrence")).isTrue();
        assertThat(
                        json.path("sources")
                                .path("popularity")
                                .path("lead")
                                .path("recall@10")
                                .has("verdict"))
                .isTrue();
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
        assertThat(json.path("seconds").isNumber()).isTrue();
    }

    @Test
    void aSingleParticipantIsTheLeadingEntry() throws IOException {
        int exit =
                run(
                        "evaluate",
                        "csv",
                        "--data",
                        someCsv().toString(),
                        "--only",
                        "popularity",
                        "--json");

        assertThat(exit).as(err.toString()).isZero();
        assertThat(json().path("only").path(0).asText()).isEqualTo("popularity");
        assertThat(json().path("recall@10").isNumber()).isTrue();
        assertThat(json().path("sources").size()).isEqualTo(1);
        assertThat(json().path("baselines").size()).isZero();
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownNames() throws IOException {
        int exit = run("evaluate", someCsv().toString(), "--only", "magic");

        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("magic", "blend", "co-occurrence", "ials");
    }

    @Test
    void badLinesAreReportedAndDoNotFailTheRun() throws IOException {
        Path file =
                csv(
                        "ann,tea,view,,1700000000",
                        "ann,pie,nibble,,1700000001",
                        "bob,tea,view,,1700000002");
        int exit = run("evaluate", file.toString(), "--only", "blend", "--json");

        assertThat(exit).as(err.toString()).isZero();
        assertThat(err.toString()).contains("Line 2 ignored");
        assertThat(json().path("badLines").asInt()).isEqualTo(1);
        assertThat(json().path("moments").asInt()).isEqualTo(2);
        assertThat(json().path("neverSeen").asInt()).isEqualTo(1);
        assertThat(json().path("recall@10").asDouble()).isEqualTo(0.5);
    }

    @Test
    void aFileWithoutAReadableLineFails() throws IOException {
        int exit = run("evaluate", csv("what is this", "and this").toString());

        assertThat(exit).isEqualTo(1);
        assertThat(err.toString()).contains("Line 1 ignored", "No line");
    }

    @Test
    void aMissingDataSetIsNamed() {
        assertThat(run("evaluate", "deskdrop", "--data", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("users_interactions.csv");
        assertThat(run("evaluate", "gowalla")).isEqualTo(1);
        assertThat(err.toString()).contains("--data DIR");
        assertThat(run("evaluate", "netflix")).isEqualTo(1);
        assertThat(err.toString()).contains("netflix");
    }

    @Test
    void theDefaultsAreThoseOfAStackAndTheReportNamesThem() throws IOException {
        int exit = blend();

        assertThat(exit).as(err.toString()).isZero();
        assertThat(json().path("kAnonymity").asInt()).isEqualTo(3);
        assertThat(json().path("catalogue").asText()).isEqualTo("closed");
        assertThat(json().path("putAfterSeconds").asInt()).isZero();
    }

    @Test
    void aLateCatalogueCostsAccuracy() throws IOException {
        assertThat(blend("--put-after", "3000")).as(err.toString()).isZero();
        double late = json().path("mrr@10").asDouble();
        assertThat(json().path("putAfterSeconds").asInt()).isEqualTo(3_000);
        assertThat(blend()).isZero();
        assertThat(late).isLessThan(json().path("mrr@10").asDouble());
    }

    @Test
    void aStackWithoutLimitsIsComparedOnRequest() throws IOException {
        assertThat(blend("--compare-unlimited")).as(err.toString()).isZero();
        JsonNode unlimited = json().path("baselines").path("unlimited");
        assertThat(unlimited.path("lead").path("mrr@10").path("interval").size()).isEqualTo(2);
        double recall = unlimited.path("recall@10").asDouble();
        assertThat(blend("--catalogue", "open", "--k-anonymity", "1")).isZero();
        assertThat(json().path("recall@10").asDouble()).isEqualTo(recall);
        assertThat(json().path("catalogue").asText()).isEqualTo("open");
    }

    @Test
    void aPartOfAStreamIsEvaluatedAsASiteThatBeginsThere() throws IOException {
        assertThat(blend("--from", "20", "--first", "50")).as(err.toString()).isZero();
        assertThat(json().path("events").asInt()).isEqualTo(50);
        assertThat(json().path("people").asInt()).isEqualTo(12);
        assertThat(blend("--first", "0")).isEqualTo(1);
        assertThat(blend("--from", "200")).isEqualTo(1);
        assertThat(err.toString()).contains("--from: there are 200 events.");
        assertThat(blend("--tune", "--first", "50")).isEqualTo(1);
    }

    @Test
    void otherStartingWeightsAreComparedOnRequest() throws IOException {
        Path table = folder.resolve("weights.txt");
        Files.write(table, List.of("# what nobody chose lately first", "log-idle 9 9 9"));

        assertThat(blend("--compare-start", table.toString())).as(err.toString()).isZero();
        JsonNode start = json().path("baselines").path("start");
        assertThat(start.path("lead").path("mrr@10").path("interval").size()).isEqualTo(2);
        assertThat(start.path("mrr@10").asDouble()).isNotEqualTo(json().path("mrr@10").asDouble());
        assertThat(blend("--compare-start", "stated")).isZero();

        Files.write(table, List.of("unheard-of 1 1 1"));
        assertThat(blend("--compare-start", table.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("--compare-start: no line of starting weights");
    }

    @Test
    void policiesThatDoNotGoTogetherAreRefused() throws IOException {
        assertThat(blend("--put-after", "-1")).isEqualTo(1);
        assertThat(err.toString()).contains("--put-after must be between 0 and 31536000.");
        assertThat(blend("--put-after", "9", "--catalogue", "open")).isEqualTo(1);
        assertThat(err.toString()).contains("--put-after needs --catalogue closed.");
        assertThat(blend("--tune", "--compare-unlimited")).isEqualTo(1);
        assertThat(err.toString()).contains("--compare-unlimited needs a ranking");
        assertThat(blend("--compare-cohorts")).isEqualTo(1);
        assertThat(err.toString()).contains("--compare-cohorts needs a ranking of ml-100k");
        assertThat(blend("--catalogue", "ajar")).isNotZero();
    }

    private int blend(String... more) throws IOException {
        List<String> words =
                new ArrayList<>(List.of("evaluate", someCsv().toString(), "--only", "blend"));
        words.addAll(List.of("--json"));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    @Test
    void aSplitIsEvaluatedOverSeveralSeeds() throws IOException {
        Path gowalla = Files.createDirectory(folder.resolve("gowalla"));
        StringBuilder train = new StringBuilder();
        StringBuilder test = new StringBuilder();
        for (int user = 0; user < 20; user++) {
            train.append("%d %d %d %d%n".formatted(user, user % 4, 4 + user % 4, 8 + user % 7));
            test.append("%d %d%n".formatted(user, 8 + (user + 1) % 7));
        }
        Files.writeString(gowalla.resolve("train.txt"), train);
        Files.writeString(gowalla.resolve("test.txt"), test);
        int exit = run("evaluate", "gowalla", "--data", folder.toString(), "--seed", "5", "--json");

        assertThat(exit).as(err.toString()).isZero();
        assertThat(json().path("recall@20").isNumber()).isTrue();
        assertThat(json().path("ndcg@20").isNumber()).isTrue();
        assertThat(json().path("seeds").toString()).isEqualTo("[5,6,7]");
        assertThat(json().path("recall@20BySeed").size()).isEqualTo(3);
        assertThat(json().path("notes").toString()).contains("not temporal");
    }

    @Test
    void ratingsArePredictedOnRequest() throws IOException {
        String[] lines = new String[60];
        for (int at = 0; at < lines.length; at++) {
            lines[at] =
                    "p%d,i%d,rating,%d,%d"
                            .formatted(at % 6, at * at % 17, 1 + at % 5, 1_700_000_000 + at * 50);
        }
        int exit = run("evaluate", csv(lines).toString(), "--task", "rating", "--json");

        assertThat(exit).as(err.toString()).isZero();
        assertThat(json().path("rmse").isNumber()).isTrue();
        assertThat(json().path("mae").isNumber()).isTrue();
        assertThat(json().path("baselines").has("bias-baseline")).isTrue();
    }

    @Test
    void aSearchOnAStreamReportsItsSpaceAndTheLeadOfTheBest() throws IOException {
        int exit = run("evaluate", someCsv().toString(), "--tune", "--trials", "3", "--json");

        assertThat(exit).as(err.toString()).isZero();
        assertThat(json().path("task").asText()).isEqualTo("tune");
        assertThat(json().path("trials").size()).isEqualTo(3);
        assertThat(json().path("present").path("changed").size()).isZero();
        assertThat(json().path("trials").path(1).path("changed").size()).isBetween(1, 2);
        assertThat(json().path("best").path("recall@10").asDouble())
                .isGreaterThanOrEqualTo(json().path("present").path("recall@10").asDouble());
        assertThat(json().path("space").path("sourceExponent").size()).isGreaterThan(2);
    }

    @Test
    void aSearchOnASplitReadsNoTestLines() throws IOException {
        Path gowalla = Files.createDirectory(folder.resolve("gowalla"));
        StringBuilder train = new StringBuilder();
        for (int user = 0; user < 20; user++) {
            train.append(user);
            for (int at = 0; at < 12; at++) {
                train.append(' ').append((user + at * (1 + user % 3)) % 40);
            }
            train.append(System.lineSeparator());
        }
        Files.writeString(gowalla.resolve("train.txt"), train);
        int exit =
                run(
                        "evaluate",
                        "gowalla",
                        "--data",
                        folder.toString(),
                        "--tune",
                        "--trials",
                        "2",
                        "--json");

        assertThat(exit).as(err.toString()).isZero();
        assertThat(json().path("best").path("recall@20").isNumber()).isTrue();
        assertThat(json().path("on").asText()).contains("20 of 240 train pairs");
    }

    private Path sessions() throws IOException {
        String[] lines = new String[241];
        lines[0] = "SessionId\tItemId\tTime";
        for (int at = 0; at < 240; at++) {
            lines[at + 1] =
                    "s%d\ti%d\t%d.5".formatted(at / 4, at * at % 11, 1_700_000_000 + at * 50);
        }
        return csv(lines);
    }

    @Test
    void aFileOfSessionsIsSplitAndReportedWithFourFiguresAtThreeDepths() throws IOException {
        int exit =
                run(
                        "evaluate",
                        sessions().toString(),
                        "--split-at",
                        "0.8",
                        "--frozen",
                        "--repeats",
                        "--json");

        assertThat(exit).as(err.toString()).isZero();
        JsonNode json = json();
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
            assertThat(
                            json.path("baselines")
                                    .path(rival)
                                    .path("lead")
                                    .path("mrr@20")
                                    .has("verdict"))
                    .as(rival)
                    .isTrue();
        }
    }

    @Test
    void theLastOneOfEachPersonIsLeftOutOnRequest() throws IOException {
        int exit = run("evaluate", someCsv().toString(), "--leave-last-one-out", "--only", "blend");

        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString()).contains("Not temporal", "Recall@20", "12 interactions ranked");
    }

    @Test
    void lossesAreReportedOnRequest() throws IOException {
        int exit = run("evaluate", someCsv().toString(), "--losses", "--only", "blend", "--json");

        assertThat(exit).as(err.toString()).isZero();
        JsonNode losses = json().path("losses");
        assertThat(losses.path("moments").asInt()).isEqualTo(json().path("moments").asInt());
        assertThat(losses.path("shares").path("rank1To10").asDouble())
                .isEqualTo(json().path("recall@10").asDouble());
    }

    @Test
    void protocolsThatDoNotGoTogetherAreRefused() throws IOException {
        String file = someCsv().toString();
        assertThat(run("evaluate", file, "--split-at", "0.5", "--leave-last-one-out")).isNotZero();
        assertThat(err.toString()).contains("choose one");
        assertThat(run("evaluate", file, "--frozen")).isNotZero();
        assertThat(err.toString()).contains("--frozen needs --split-at.");
        assertThat(run("evaluate", file, "--split-at", "soon")).isNotZero();
        assertThat(err.toString()).contains("'soon' is neither a share");
        assertThat(run("evaluate", file, "--split-at", "2001-01-01")).isNotZero();
        assertThat(err.toString()).contains("leaves nothing to learn: the events are from 2023");
        assertThat(run("evaluate", file, "--losses", "--split-at", "0.5")).isNotZero();
        assertThat(err.toString()).contains("--losses needs the blend");
    }

    @Test
    void aFileWhoseFirstLineLacksAColumnFailsWithASentence() throws IOException {
        Path file = csv("user_id:token\titem_id:token", "ann\ttea");

        assertThat(run("evaluate", file.toString())).isNotZero();
        assertThat(err.toString())
                .contains("line 1: The first line names no column timestamp:float");
    }
}
