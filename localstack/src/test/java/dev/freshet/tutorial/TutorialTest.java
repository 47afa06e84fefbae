package dev.freshet.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.document.ApiOperation;
import dev.freshet.document.ApiSchemas;
import dev.freshet.testkit.Thorough;
import dev.freshet.tutorial.Shell.Printed;
import dev.freshet.tutorial.Tutorial.Step;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tutorials, run as they are written. Two things differ from what a person does: the local
 * cloud has a free port, and the key is the one that it printed. {@code
 * -Dfreshet.tutorial.events=50000} runs them with other numbers of events; a run that is not
 * thorough has a third of those of the page.
 */
class TutorialTest {
    private static final int EVENTS =
            Integer.getInteger("freshet.tutorial.events", Thorough.number(2_000, 6_000));
    private static final Path DOCS = Path.of("../docs");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ApiSchemas SCHEMAS = ApiSchemas.load();

    /** How long an answer may take to show what was sent before. */
    private static final long PATIENCE_MS = 30_000;

    private static final Pattern REQUEST =
            Pattern.compile("^ask (\\S+)(?: -X (\\w+))?(?: .*)?$", Pattern.MULTILINE);

    /** Commands that are run again until their answer shows what was sent before. */
    private static final Pattern REPEATABLE = Pattern.compile("\\A(ask|\\./freshet recommend)");

    private static final Pattern ROW = Pattern.compile("(?m)^ *(\\d+)  (\\S+)");

    @Test
    @Thorough.Only
    void theShop(@TempDir Path folder) throws Exception {
        run(Tutorial.read(DOCS.resolve("tutorial-shop.md")), folder);
    }

    @Test
    void theNewspaper(@TempDir Path folder) throws Exception {
        Tutorial page = Tutorial.read(DOCS.resolve("get-started.md"));
        String readme = Files.readString(DOCS.resolveSibling("README.md"));
        assertThat(page.steps().stream().limit(3).flatMap(step -> step.lines().stream()))
                .as("the README has the first five commands, which end with a list")
                .hasSize(5)
                .allSatisfy(line -> assertThat(readme.lines()).contains(line))
                .last()
                .asString()
                .startsWith("./freshet recommend");
        run(page, folder);
    }

    @Test
    void anAnswerThatIsNotTheOneOfThePageIsFound() {
        assertThat(ExpectedAnswer.difference("{\"a\": 1, …}", "{\"a\": 1, \"b\": 2}")).isEmpty();
        assertThat(ExpectedAnswer.difference("{\"a\": 1}", "{\"a\": 1, \"b\": 2}")).isPresent();
        assertThat(ExpectedAnswer.difference("{\"a\": …}", "{\"b\": 2}")).isPresent();
        assertThat(ExpectedAnswer.difference("[1, …]", "[1, 2, 3]")).isEmpty();
        assertThat(ExpectedAnswer.difference("[1, 2]", "[1, 2, 3]")).isPresent();
        assertThat(ExpectedAnswer.difference("sent … events", "sent 12 events")).isEmpty();
        assertThat(ExpectedAnswer.difference("sent 3 events", "sent 12 events")).isPresent();
        String list = "  1  article-7  A\n     New (30 %)\n  2  article-9  B\nmodel version 7\n";
        assertThat(ExpectedAnswer.differenceOfShape(list, list.replace("7", "3"))).isEmpty();
        assertThat(ExpectedAnswer.differenceOfShape(list, list.replaceAll(".*9.*\n", "")))
                .isPresent();
        assertThat(ExpectedAnswer.differenceOfShape(list, list.replace("article", "shoe")))
                .isPresent();
    }

    @Test
    void aClaimThatDoesNotHoldIsFound() throws Exception {
        JsonNode answer = JSON.readTree("{\"items\":[{\"p\":1},{\"p\":1},{\"p\":3}]}");
        Set<String> before = new HashSet<>();
        assertThat(Claim.parse("each /items/*/p from 1 to 4").holds(answer, before)).isTrue();
        assertThat(Claim.parse("each /items/*/p from 1 to 3").holds(answer, before)).isFalse();
        assertThat(Claim.parse("at most 2 equal /items/*/p").holds(answer, before)).isTrue();
        assertThat(Claim.parse("at most 1 equal /items/*/p").holds(answer, before)).isFalse();
        assertThat(Claim.parse("2 of /items/*").holds(answer, before)).isFalse();
        assertThat(Claim.parse("falling /items/*/p").holds(answer, before)).isFalse();
        assertThat(Claim.parse("none before /items/*/p").holds(answer, before)).isFalse();
        Set<String> lists = new HashSet<>();
        assertThat(Claim.parse("changed /items/*/p").holds(answer, lists)).isTrue();
        assertThat(Claim.parse("changed /items/*/p").holds(answer, lists)).isFalse();
        assertThat(Claim.parse("each /items/*/itemId is a-1").holds(rows("  1  a-1   T"), before))
                .isTrue();
    }

    private static void run(Tutorial page, Path folder) throws Exception {
        assertThat(page.steps()).hasSizeGreaterThan(4);
        Process cloud = null;
        Map<String, String> differing = new HashMap<>();
        differing.put("6000", Integer.toString(EVENTS));
        differing.put("6,000", "%,d".formatted(EVENTS));
        Map<String, Set<String>> before = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        try (Shell shell = new Shell(folder)) {
            for (Step step : page.steps()) {
                if (step.startsCloud()) {
                    cloud = up(shell, step);
                    JsonNode ready = ready(cloud, folder);
                    URI api = URI.create(ready.path("api").asText());
                    differing.put("127.0.0.1:8787", api.getHost() + ":" + api.getPort());
                    differing.put("fsk_…", ready.path("secretKey").asText());
                } else {
                    check(shell, step, differing, before).ifPresent(wrong::add);
                }
            }
        } finally {
            if (cloud != null) {
                cloud.destroy();
                assertThat(cloud.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(String.join("\n\n", wrong)).isEmpty();
    }

    private static Process up(Shell shell, Step step) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                step.lines()
                                        .getFirst()
                                        .replaceFirst("\\s+#.*", "")
                                        .split(" ", -1)));
        command.addAll(List.of("--port", "0", "--json"));
        return shell.start(command);
    }

    private static JsonNode ready(Process cloud, Path folder) throws IOException {
        String line = cloud.inputReader(StandardCharsets.UTF_8).readLine();
        if (line == null) {
            throw new AssertionError(Files.readString(folder.resolve("cloud-errors.txt")));
        }
        return JSON.readTree(line);
    }

    /** Returns what is wrong with the answer of a step; requests are sent again for a while. */
    private static Optional<String> check(
            Shell shell, Step step, Map<String, String> differing, Map<String, Set<String>> before)
            throws Exception {
        String commands = replaced(step.commands(), differing);
        String answer = replaced(step.answer(), differing);
        long start = System.nanoTime();
        while (true) {
            Printed printed = shell.run(commands);
            Optional<String> wrong = wrong(step, answer, printed, before);
            long ms = (System.nanoTime() - start) / 1_000_000;
            if (wrong.isEmpty()
                    || !REPEATABLE.matcher(step.commands()).find()
                    || ms > PATIENCE_MS) {
                System.out.printf("%,6d ms  %s%n", ms, step.lines());
                return wrong.map(
                        what ->
                                "%s\n  printed %s\n  %s\n  but: %s"
                                        .formatted(
                                                step.commands(),
                                                printed.out(),
                                                printed.errors(),
                                                what));
            }
            Thread.sleep(500);
        }
    }

    private static Optional<String> wrong(
            Step step, String answer, Printed printed, Map<String, Set<String>> before)
            throws IOException {
        if (printed.code() != 0) {
            return Optional.of("the code is " + printed.code());
        }
        if (answer.isEmpty() && step.claims().isEmpty()) {
            return Optional.empty();
        }
        Optional<String> difference =
                answer.isEmpty()
                        ? Optional.empty()
                        : step.example()
                                ? ExpectedAnswer.differenceOfShape(answer, printed.out())
                                : ExpectedAnswer.difference(answer, printed.out());
        if (difference.isPresent()) {
            return difference;
        }
        Matcher request = REQUEST.matcher(step.commands());
        boolean asked = request.find();
        JsonNode real = asked ? JSON.readTree(printed.out()) : rows(printed.out());
        if (asked) {
            List<String> violations =
                    SCHEMAS.violations(operation(step, request).responseSchema(), real);
            if (!violations.isEmpty()) {
                return Optional.of("the API document does not describe it: " + violations);
            }
        }
        for (Claim claim : step.claims()) {
            Set<String> seen = before.computeIfAbsent(claim.path(), path -> new HashSet<>());
            if (!claim.holds(real, seen)) {
                return Optional.of("it does not hold: " + claim);
            }
        }
        return Optional.empty();
    }

    /** Returns the rows of a printed list in the form in which the API has its items. */
    private static JsonNode rows(String printed) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode items = answer.putArray("items");
        ROW.matcher(printed)
                .results()
                .forEach(
                        row ->
                                items.addObject()
                                        .put("position", Integer.parseInt(row.group(1)))
                                        .put("itemId", row.group(2)));
        return answer;
    }

    private static ApiOperation operation(Step step, Matcher request) {
        String method = request.group(2);
        if (method == null) {
            method = step.commands().contains(" -d ") ? "POST" : "GET";
        }
        String path =
                "/v1/"
                        + request.group(1)
                                .replace("'", "")
                                .replace("\"", "")
                                .replaceAll("\\?.*", "");
        for (ApiOperation operation : SCHEMAS.operations()) {
            if (operation.matches(method, path)) {
                return operation;
            }
        }
        throw new AssertionError("no operation: " + method + " " + path);
    }

    private static String replaced(String text, Map<String, String> differing) {
        String replaced = text;
        for (Map.Entry<String, String> each : differing.entrySet()) {
            replaced = replaced.replace(each.getKey(), each.getValue());
        }
        return replaced;
    }
}
