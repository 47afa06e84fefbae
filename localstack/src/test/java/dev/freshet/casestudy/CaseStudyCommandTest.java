package dev.freshet.casestudy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.Checkout;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.cost.Bill;
import dev.freshet.cli.cost.CostModel;
import dev.freshet.cli.cost.MeasuredUnits;
import dev.freshet.cli.cost.PriceList;
import dev.freshet.cli.cost.StackTemplate;
import dev.freshet.cli.cost.Workload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole command in small, over a made-up log; the bills are of the template of the build. */
class CaseStudyCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DAYS = 2;

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        CommandLine line = new CommandLine(new CaseStudyCommand(_ -> CaseStudyCommandTest::bills));
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        line.setExecutionExceptionHandler(
                (problem, _, _) -> {
                    if (problem instanceof CommandException) {
                        err.append(problem.getMessage());
                        return 1;
                    }
                    throw problem;
                });
        return line.execute(words);
    }

    @Test
    void everyFigureOfThePageIsThatOfTheProduct() throws Exception {
        Path data = MadeUpLog.write(folder, MadeUpLog.lines(80, 14, 7));
        Path docs = folder.resolve("docs");

        assertThat(run("--data=" + data, "--days=" + DAYS, "--out=" + docs, "--json"))
                .as(err.toString())
                .isZero();

        JsonNode figures = JSON.readTree(out.toString());
        DeskdropLog log = DeskdropLog.read(data, Duration.ofDays(DAYS));
        nothingIsLostOrTwice(figures, log);
        outcomesAreThoseOfTheReplay(figures);
        theErasedPersonIsGone(figures);
        assertThat(figures.at("/cost/profiles/1/month").asDouble())
                .isGreaterThan(figures.at("/cost/profiles/0/month").asDouble());
        thePageHasTheFigures(figures, docs);
        anEarlierRunMakesTheSamePage(figures, docs);
    }

    private static void nothingIsLostOrTwice(JsonNode figures, DeskdropLog log) {
        long events = log.history().size() + (long) log.replay().size();
        long lists = log.replay().stream().map(LoggedAction::session).distinct().count();
        assertThat(figures.at("/import/accepted").asLong()).isEqualTo(log.history().size());
        assertThat(figures.at("/replay/events").asLong()).isEqualTo(log.replay().size());
        assertThat(figures.at("/replay/lists").asLong()).isEqualTo(lists);
        assertThat(figures.at("/replay/lateLists").asLong()).isZero();
        assertThat(figures.at("/audit/stored").asLong()).isEqualTo(events + lists);
        assertThat(figures.at("/audit/storedTwice").asLong()).isZero();
        assertThat(figures.at("/audit/learned").asLong()).isEqualTo(events);
        assertThat(figures.at("/lake/interactions").asLong()).isEqualTo(events);
        assertThat(figures.at("/lake/exposures").asLong()).isEqualTo(lists);
        assertThat(figures.at("/lake/again").asLong()).isZero();
        assertThat(figures.at("/lake/queries").properties()).hasSize(10);
    }

    private static void outcomesAreThoseOfTheReplay(JsonNode figures) {
        JsonNode total = figures.at("/outcomes/total");
        assertThat(total.path("lists")).isEqualTo(figures.at("/replay/lists"));
        assertThat(total.path("clicks")).isEqualTo(figures.at("/replay/hits"));
        assertThat(total.path("listsClicked")).isEqualTo(figures.at("/replay/listsHit"));
        assertThat(figures.at("/replay/hits").asLong())
                .isPositive()
                .isLessThanOrEqualTo(figures.at("/replay/newToUser").asLong());
        for (String by : List.of("byArm", "byDay")) {
            for (String count : List.of("lists", "clicks", "listsClicked")) {
                long sum = 0;
                for (JsonNode row : figures.at("/outcomes/" + by)) {
                    sum += row.path(count).asLong();
                }
                assertThat(sum).as(by + " " + count).isEqualTo(total.path(count).asLong());
            }
        }
        assertThat(figures.at("/experiment/enrolled")).isEqualTo(figures.at("/data/replayUsers"));
    }

    private static void theErasedPersonIsGone(JsonNode figures) {
        JsonNode erasure = figures.path("erasure");
        assertThat(erasure.at("/before/interactions").asLong()).isPositive();
        assertThat(erasure.at("/before/exposures").asLong()).isPositive();
        assertThat(erasure.at("/after/interactions").asLong()).isZero();
        assertThat(erasure.at("/after/exposures").asLong()).isZero();
        assertThat(covered(erasure.at("/lake/reachAfter/rows"))).isZero();
        assertThat(erasure.at("/lake/settled/erased").asLong())
                .isGreaterThanOrEqualTo(
                        erasure.at("/before/interactions").asLong()
                                + erasure.at("/before/exposures").asLong());
        assertThat(erasure.at("/state/steps/rowsGone/done").asBoolean()).isTrue();
    }

    private static long covered(JsonNode rows) {
        assertThat(rows).isNotEmpty();
        long sum = 0;
        for (JsonNode row : rows) {
            sum += row.path("covered_rows").asLong();
        }
        return sum;
    }

    private static void thePageHasTheFigures(JsonNode figures, Path docs) throws Exception {
        String page = Files.readString(docs.resolve("case-study.md"));
        assertThat(page)
                .doesNotContain("{{")
                .contains("--days " + DAYS + " --seed 1")
                .contains("| rows stored | %,d |".formatted(figures.at("/audit/stored").asLong()))
                .contains(figures.at("/experiment/sentence").asText())
                .contains("**`click-rate`**");
        try (Stream<Path> plots = Files.list(docs.resolve("images"))) {
            for (Path plot : plots.toList()) {
                assertThat(page).contains("(images/" + plot.getFileName() + ")");
                DocumentBuilderFactory.newDefaultNSInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(Files.readString(plot).getBytes(UTF_8)));
            }
        }
    }

    private void anEarlierRunMakesTheSamePage(JsonNode figures, Path docs) throws IOException {
        Path file = Files.writeString(folder.resolve("figures.json"), figures.toString());
        Path again = folder.resolve("again");

        assertThat(run("--figures=" + file, "--out=" + again)).isZero();

        for (String made : List.of("case-study.md", "images/case-study-arms.svg")) {
            assertThat(again.resolve(made)).hasSameTextualContentAs(docs.resolve(made));
        }
    }

    @Test
    void saysInASentenceWhatIsWrong() {
        assertThat(run("--data=" + folder)).isEqualTo(1);
        assertThat(err.toString()).contains("There is no file").contains("--data");
        assertThat(run("--data=" + folder, "--days=0")).isEqualTo(1);
        assertThat(err.toString()).contains("--days must be between 1 and 60.");
        assertThat(run()).isEqualTo(1);
        assertThat(err.toString()).contains("Give --data with a folder, or --figures with a file.");
        assertThat(run("--days=many")).isEqualTo(2);
    }

    /** Bills by the product's model of the build's template, in the form of the command's. */
    private static JsonNode bills(ObjectNode profiles) {
        CostModel model =
                new CostModel(
                        new StackTemplate(template()), MeasuredUnits.load(), PriceList.load());
        ObjectNode answer = JSON.createObjectNode().put("idleProd", model.idle().total());
        ArrayNode list = answer.putArray("profiles");
        profiles.forEachEntry(
                (name, load) -> {
                    Bill bill = model.of(Workload.read(load));
                    ObjectNode one = list.addObject().put("name", name).put("month", bill.total());
                    ObjectNode services = one.putObject("byService");
                    bill.byService().forEach(services::put);
                });
        return answer;
    }

    private static JsonNode template() {
        Path made = Checkout.find().resolve("infra/target/cdk.out");
        try (Stream<Path> files = Files.list(made)) {
            Path file =
                    files.filter(each -> each.toString().endsWith(".template.json"))
                            .findFirst()
                            .orElseThrow();
            return JSON.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
