package dev.freshet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.generator.GeneratedSite;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.MovedClock;
import dev.freshet.local.Options;
import dev.freshet.local.TestCloud;
import dev.freshet.testkit.Thorough;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some days of the newspaper, and four weeks in a thorough run, through the whole flow. */
class DemoMonthTest {
    private static final InstantSource SYSTEM = InstantSource.system();
    private static final int DAYS = Thorough.number(DemoMonth.LEAST_DAYS, DemoMonth.MOST_DAYS);
    private static final int VISITS = Thorough.number(80, DemoMonth.VISITS);

    /** More than the machine takes for a row, and less than any move of the clock. */
    private static final long SLOWEST_MS = 600_000;

    @TempDir private Path state = Path.of("");

    private static List<JsonNode> list(FreshetClient client, String path, String list) {
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

    @Test
    void whatHappensIsInTheFiguresOfItsTimeAndNothingOfItIsLost() throws Exception {
        Instant now = SYSTEM.instant();
        Instant start = DemoMonth.start(now, DAYS);
        MovedClock clock = new MovedClock(SYSTEM, start);
        GeneratedSite site = DemoWorld.NEWSPAPER.month(1, DemoMonth.USERS, start);
        Options options =
                TestCloud.options(state)
                        .with(Options.Switch.PLANS_LIFTED)
                        .withClock(clock)
                        .withMessages(line -> {});
        try (LocalCloud cloud = LocalCloud.start(options);
                FreshetClient client = cloud.client()) {
            DemoMonth month =
                    new DemoMonth(DemoWorld.NEWSPAPER, 1, site, client, clock, start, DAYS, VISITS);
            Instant fine = Thorough.isOn() ? now : now.plus(Duration.ofDays(2));
            DemoMonth.Summary lived = month.live(cloud::moveTo, fine, hours -> {});
            System.out.printf(
                    "%d days in %d s: %s%n",
                    DAYS, Duration.between(now, SYSTEM.instant()).toSeconds(), lived);

            assertThat(Duration.between(clock.instant(), SYSTEM.instant()))
                    .isLessThan(Duration.ofSeconds(1));
            String days = "outcomes?by=day&from=" + date(start);
            TestCloud.await(
                    () ->
                            sum(list(client, days, "rows"), row -> true, row -> lists(row))
                                    == lived.lists());
            theLaunchIsOnItsDay(client, month, start);
            theBrokenHoursHaveNoLists(client, month, lived);
            theHoldoutIsCompared(client);
        }
    }

    private static long lists(JsonNode row) {
        return row.path("lists").asLong();
    }

    private static void theLaunchIsOnItsDay(FreshetClient client, DemoMonth month, Instant start) {
        assertThat(list(client, "outcomes?by=day,placement&from=" + date(start), "rows"))
                .filteredOn(row -> row.path("placement").asText().equals(DemoMonth.LAUNCHED))
                .isNotEmpty()
                .allSatisfy(
                        row ->
                                assertThat(LocalDate.parse(row.path("day").asText()))
                                        .isAfterOrEqualTo(date(month.launch())));
    }

    private static void theBrokenHoursHaveNoLists(
            FreshetClient client, DemoMonth month, DemoMonth.Summary lived) {
        Predicate<JsonNode> isBroken = step -> isBroken(step.path("at"), month, lived);
        List<JsonNode> steps = list(client, "flow?hours=" + 24 * (DAYS + 1), "steps");
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
                list(
                        client,
                        "outcomes?by=day&from=%1$s&to=%1$s".formatted(date(month.broken())),
                        "rows");
        assertThat(broken)
                .singleElement()
                .satisfies(row -> assertThat(row.path("unseenClicks").asLong()).isPositive());
        if (!Thorough.isOn()) {
            assertThat(list(client, "outcomes?by=hour", "rows"))
                    .filteredOn(row -> isBroken(row.path("hour"), month, lived))
                    .allSatisfy(row -> assertThat(lists(row)).isZero());
        }
    }

    private static boolean isBroken(JsonNode time, DemoMonth month, DemoMonth.Summary lived) {
        Instant at = Instant.parse(time.asText());
        return !at.isBefore(month.broken()) && at.isBefore(lived.mended());
    }

    private static void theHoldoutIsCompared(FreshetClient client) {
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
        DemoMonth month = month(monday, 1);
        long night = visits(month, monday.plus(Duration.ofHours(1)), 4);
        long day = visits(month, monday.plus(Duration.ofHours(9)), 4);
        long sunday = visits(month, monday.plus(Duration.ofDays(6)), 24);
        long week = visits(month, monday.plus(Duration.ofDays(7)), 24);

        assertThat(day).isGreaterThan(5 * night);
        assertThat(week).isGreaterThan(sunday + sunday / 10);
        assertThat(visits(month, monday, 24)).isEqualTo(visits(month(monday, 1), monday, 24));
        assertThat(visits(month(monday, 2), monday, 24)).isNotEqualTo(visits(month, monday, 24));
        assertThat(month.launch()).isEqualTo("2026-11-11T00:00:00Z");
        assertThat(month.broken()).isEqualTo("2026-11-21T14:00:00Z");
    }

    private static DemoMonth month(Instant start, long seed) {
        return new DemoMonth(
                DemoWorld.SHOP,
                seed,
                DemoWorld.SHOP.month(1, 10, start),
                new FreshetClient(URI.create("http://127.0.0.1:1"), Optional.empty()),
                () -> start,
                start,
                DemoMonth.MOST_DAYS,
                10_000);
    }

    private static long visits(DemoMonth month, Instant from, int hours) {
        long visits = 0;
        for (int hour = 0; hour < hours; hour++) {
            visits += month.visits(from.plus(Duration.ofHours(hour)), Duration.ofHours(1));
        }
        return visits;
    }
}
