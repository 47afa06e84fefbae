package dev.freshet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import dev.freshet.generator.GeneratedSite;
import dev.freshet.json.JsonRecords;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.MovedClock;
import dev.freshet.local.Options;
import dev.freshet.local.PageScript;
import dev.freshet.local.TestCloud;
import dev.freshet.local.command.CommandRun;
import dev.freshet.testkit.Thorough;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Some days of the newspaper, and four weeks in a thorough run, through the whole flow. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoMonthTest {
    private static final InstantSource SYSTEM = InstantSource.system();
    private static final int DAYS = Thorough.number(DemoMonth.LEAST_DAYS, DemoMonth.MOST_DAYS);

    /** So many in the few days that each hour of the broken page has enough events to be judged. */
    private static final int VISITS = Thorough.number(2 * DemoMonth.VISITS, DemoMonth.VISITS);

    /** From before the first day on, also where midnight passes during the test. */
    private static final String HOURS = "flow?hours=" + 24 * (DAYS + 2);

    /** More than the machine takes for a row, and less than any move of the clock. */
    private static final long SLOWEST_MS = 600_000;

    private static final DateTimeFormatter CLOCK = utc("HH:mm");
    private static final DateTimeFormatter MOMENT = utc("d MMM, HH:mm");

    private Path state;
    private LocalCloud cloud;
    private FreshetClient client;
    private DemoMonth month;
    private DemoMonth.Summary lived;

    private static DateTimeFormatter utc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.UK).withZone(ZoneOffset.UTC);
    }

    private List<JsonNode> list(String path, String list) {
        ApiResponse answer = client.get("/v1/insights/" + path);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        List<JsonNode> rows = new ArrayList<>();
        answer.body().path(list).forEach(rows::add);
        return rows;
    }

    private static long sum(
            List<JsonNode> rows, Predicate<JsonNode> which, ToLongFunction<JsonNode> count) {
        return rows.stream().filter(which).mapToLong(count).sum();
    }

    private static LocalDate date(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    @BeforeAll
    void live(@TempDir Path folder) throws InterruptedException {
        state = folder;
        Instant now = SYSTEM.instant();
        Instant start = DemoMonth.start(now, DAYS);
        MovedClock clock = new MovedClock(SYSTEM, start);
        GeneratedSite site = DemoWorld.NEWSPAPER.month(1, DemoMonth.USERS, start);
        cloud =
                LocalCloud.start(
                        TestCloud.options(folder)
                                .with(Options.Switch.PLANS_LIFTED)
                                .withClock(clock)
                                .withMessages(line -> {}));
        client = cloud.client();
        month = new DemoMonth(DemoWorld.NEWSPAPER, 1, site, client, clock, start, DAYS, VISITS);
        Instant fine = Thorough.isOn() ? now : now.plus(Duration.ofDays(2));
        lived = month.live(cloud, fine, hours -> {});
        System.out.printf(
                "%d days in %d s: %s%n",
                DAYS, Duration.between(now, SYSTEM.instant()).toSeconds(), lived);
        assertThat(Duration.between(clock.instant(), SYSTEM.instant()))
                .isLessThan(Duration.ofSeconds(1));
    }

    @AfterAll
    void end() {
        client.close();
        cloud.close();
    }

    @Test
    void whatHappensIsInTheFiguresOfItsTimeAndNothingOfItIsLost() throws Exception {
        String days = "outcomes?by=day&from=" + date(month.start());
        TestCloud.await(
                () -> sum(list(days, "rows"), row -> true, row -> lists(row)) == lived.lists());
        theLaunchIsOnItsDay();
        theDeploymentIsMarked();
        theBrokenHoursHaveNoLists();
        theHoldoutIsCompared();
    }

    /**
     * A question of an owner, the links and buttons to click from Home on, and what is told then.
     */
    private record Question(String question, List<String> clicks, List<String> answers) {}

    @Test
    void fiveQuestionsOfAnOwnerAreAnsweredWithinThreeClicks(@TempDir Path folder) throws Exception {
        PersonRoutes.serve(cloud, client, month.site());
        String user = month.site().users().getFirst().userId();
        List<Question> questions =
                List.of(
                        new Question("is it working", List.of(), List.of(health())),
                        new Question(
                                "what is it worth, and how sure is that",
                                List.of("Gain over the holdout"),
                                List.of(gain())),
                        new Question(
                                "what should I commission", List.of("Content"), List.of(demand())),
                        new Question(
                                "why did this user get that",
                                List.of("User lookup", user),
                                List.of("The list of " + user + " reflects", "raised by ")),
                        new Question(
                                "what broke at 14:00",
                                List.of("28 d", "Event to list"),
                                List.of(
                                        MOMENT.format(month.broken())
                                                + ": events were rejected: unknown-type ",
                                        " until " + CLOCK.format(lived.mended()),
                                        MOMENT.format(month.deployment()) + ": a deployment")));
        assertThat(questions).allSatisfy(one -> assertThat(one.clicks()).hasSizeLessThan(4));
        String page =
                CommandRun.of("dashboard", "--json", "--state=" + state)
                        .json()
                        .path("address")
                        .asText();

        JsonNode found =
                PageScript.run(
                        folder,
                        "questions.mjs",
                        page,
                        new String(JsonRecords.bytes(questions), StandardCharsets.UTF_8));

        assertThat(found.path("missing")).isEmpty();
        assertThat(found.path("failures")).isEmpty();
    }

    private String health() {
        List<JsonNode> checks = list("overview", "healthy");
        return checks.stream()
                .filter(check -> !check.path("ok").asBoolean())
                .findFirst()
                .map(check -> check.path("sentence").asText())
                .orElse("Healthy now: " + checks.size() + " checks passed.");
    }

    private String gain() {
        JsonNode interval =
                client.get("/v1/insights/experiments/holdout")
                        .body()
                        .at("/arms/0/primary/interval");
        return interval.isMissingNode()
                ? "holdout has too few users yet"
                : "%s to %s, at any look"
                        .formatted(
                                points(-interval.path(1).asDouble()),
                                points(-interval.path(0).asDouble()));
    }

    private static String points(double difference) {
        String text = rounded(100 * Math.abs(difference), 1);
        return (difference < 0 ? "−" : "+") + text + " points";
    }

    private static String rounded(double value, int digits) {
        return new BigDecimal(value).setScale(digits, RoundingMode.HALF_UP).toString();
    }

    private String demand() {
        return list("topics?by=tag&days=7", "topics").stream()
                .filter(topic -> topic.path("lower").asDouble() > 1)
                .max(Comparator.comparingDouble(topic -> topic.path("times").asDouble()))
                .map(
                        topic ->
                                "Demand for “%s” is %s × its share of what is published"
                                        .formatted(
                                                topic.path("topic").asText(),
                                                rounded(topic.path("times").asDouble(), 1)))
                .orElse("its share of what is published");
    }

    private static long lists(JsonNode row) {
        return row.path("lists").asLong();
    }

    private void theLaunchIsOnItsDay() {
        assertThat(list("outcomes?by=day,placement&from=" + date(month.start()), "rows"))
                .filteredOn(row -> row.path("placement").asText().equals(DemoMonth.LAUNCHED))
                .isNotEmpty()
                .allSatisfy(
                        row ->
                                assertThat(LocalDate.parse(row.path("day").asText()))
                                        .isAfterOrEqualTo(date(month.launch())));
    }

    private void theDeploymentIsMarked() {
        assertThat(list(HOURS, "steps"))
                .filteredOn(step -> step.path("deployed").asBoolean())
                .singleElement()
                .satisfies(
                        step ->
                                assertThat(Instant.parse(step.path("at").asText()))
                                        .isBetween(lived.deployment(), lived.broken()));
    }

    private void theBrokenHoursHaveNoLists() {
        Predicate<JsonNode> isBroken = step -> isBroken(step.path("at"));
        List<JsonNode> steps = list(HOURS, "steps");
        ToLongFunction<JsonNode> refused = step -> step.path("refused").asLong();
        assertThat(sum(steps, isBroken, refused))
                .isPositive()
                .isEqualTo(sum(steps, step -> true, refused))
                .isEqualTo(lived.refused().values().stream().mapToLong(each -> each).sum());
        assertThat(sum(steps, step -> true, step -> step.path("accepted").asLong()))
                .isEqualTo(lived.events() - sum(steps, isBroken, refused));
        assertThat(steps)
                .as("no move of the clock counts as a time")
                .allSatisfy(
                        step ->
                                assertThat(step.at("/freshness/p99Ms").asLong())
                                        .isLessThan(SLOWEST_MS));
        List<JsonNode> broken =
                list("outcomes?by=day&from=%1$s&to=%1$s".formatted(date(month.broken())), "rows");
        assertThat(broken)
                .singleElement()
                .satisfies(row -> assertThat(row.path("unseenClicks").asLong()).isPositive());
        if (!Thorough.isOn()) {
            assertThat(list("outcomes?by=hour", "rows"))
                    .filteredOn(row -> isBroken(row.path("hour")))
                    .allSatisfy(row -> assertThat(lists(row)).isZero());
        }
    }

    private boolean isBroken(JsonNode time) {
        Instant at = Instant.parse(time.asText());
        return !at.isBefore(month.broken()) && at.isBefore(lived.mended());
    }

    private void theHoldoutIsCompared() {
        ApiResponse results = client.get("/v1/insights/experiments/holdout");
        assertThat(results.body().path("enrolled").asLong()).isPositive();
        if (Thorough.isOn()) {
            JsonNode interval = results.body().at("/arms/0/primary/interval");
            assertThat(interval.path(0).asDouble())
                    .as(results.body().path("sentence").asText())
                    .isNegative()
                    .isLessThan(interval.path(1).asDouble());
        }
    }

    @Test
    void nightsAndWeekendsAreQuieterAndOneHourIsTheSumOfItsParts() {
        Instant monday = Instant.parse("2026-11-02T00:00:00Z");
        DemoMonth whole = month(monday, 1);
        long night = visits(whole, monday.plus(Duration.ofHours(1)), 4);
        long day = visits(whole, monday.plus(Duration.ofHours(9)), 4);
        long sunday = visits(whole, monday.plus(Duration.ofDays(6)), 24);
        long week = visits(whole, monday.plus(Duration.ofDays(7)), 24);

        assertThat(day).isGreaterThan(5 * night);
        assertThat(week).isGreaterThan(sunday + sunday / 10);
        assertThat(visits(whole, monday, 24)).isEqualTo(visits(month(monday, 1), monday, 24));
        assertThat(visits(month(monday, 2), monday, 24)).isNotEqualTo(visits(whole, monday, 24));
        assertThat(whole.launch()).isEqualTo("2026-11-11T00:00:00Z");
        assertThat(whole.broken()).isEqualTo("2026-11-21T14:00:00Z");
    }

    @Test
    void whileSomebodyWatchesTheNightIsNotDead() {
        Instant night = Instant.parse("2026-11-03T01:00:00Z");
        DemoMonth month = month(night, 1, DemoMonth.VISITS);
        List<Instant> minutes = Stream.iterate(night, at -> at.plusSeconds(60)).limit(300).toList();

        assertThat(minutes)
                .allMatch(
                        at ->
                                month.visitsOfMinute(at) + month.visitsOfMinute(at.plusSeconds(60))
                                        > 0);
        assertThat(minutes.stream().mapToInt(month::visitsOfMinute).sum())
                .as("about as many as by day, which has up to 24 an hour")
                .isBetween(5 * 30, 5 * 40);
    }

    private static DemoMonth month(Instant start, long seed) {
        return month(start, seed, 10_000);
    }

    private static DemoMonth month(Instant start, long seed, int visits) {
        return new DemoMonth(
                DemoWorld.SHOP,
                seed,
                DemoWorld.SHOP.month(1, 10, start),
                new FreshetClient(URI.create("http://127.0.0.1:1"), Optional.empty()),
                () -> start,
                start,
                DemoMonth.MOST_DAYS,
                visits);
    }

    private static long visits(DemoMonth month, Instant from, int hours) {
        long visits = 0;
        for (int hour = 0; hour < hours; hour++) {
            visits += month.visits(from.plus(Duration.ofHours(hour)), Duration.ofHours(1));
        }
        return visits;
    }
}
