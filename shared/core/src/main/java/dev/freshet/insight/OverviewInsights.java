package dev.freshet.insight;

import dev.freshet.catalog.Item;
import dev.freshet.experiment.ExperimentStatus;
import dev.freshet.experiment.Results;
import dev.freshet.model.Model;
import dev.freshet.model.log.Replica;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.outcome.OutcomeDay;
import dev.freshet.model.outcome.OutcomeSums;
import dev.freshet.model.popularity.Windows;
import dev.freshet.model.popularity.Windows.ItemCounts;
import dev.freshet.model.popularity.Windows.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers how a stack is doing, from the model in memory and from what is measured of its flows.
 * Cost: some milliseconds, and for each running experiment, of which a stack has at most 8, as much
 * again; and where the measurements are old, the time to read them.
 */
public final class OverviewInsights {
    /** Most items of {@link Overview#mostRead}. */
    static final int MOST_READ = 5;

    /** The fewest users of an item that is reported. */
    static final int FEWEST_USERS = 5;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final String ALL = "all";

    private final Supplier<Versioned> model;
    private final Supplier<Replica.Status> status;
    private final ExperimentInsights experiments;
    private final Measurements measurements;
    private final InstantSource clock;
    private final LearningPace pace = new LearningPace();

    /**
     * Creates the answers over the model.
     *
     * @param model returns the newest model
     * @param status returns whether newer versions can be read
     * @param measurements of the flows
     */
    public OverviewInsights(
            Supplier<Versioned> model,
            Supplier<Replica.Status> status,
            Measurements measurements,
            InstantSource clock) {
        this.model = model;
        this.status = status;
        this.experiments = new ExperimentInsights(model);
        this.measurements = measurements;
        this.clock = clock;
    }

    /** Answers the question for now. */
    public Overview answer() {
        Versioned newest = model.get();
        Model of = newest.model();
        Instant now = clock.instant();
        if (newest.version() > 0) {
            pace.add(new LearningPace.Sample(newest.at(), of.totals().events()));
        }
        List<Overview.Day> days = days(of);
        Optional<Flow> flow = measurements.flow(now);
        Optional<Window> hour = hour(of.windows(), of.clock().getEpochSecond());
        return new Overview(
                newest.version(),
                newest.at(),
                of.clock(),
                of.items().size(),
                of.totals().beyondBounds(),
                of.totals().interactions(),
                pace.perMinute(),
                pace.samples(),
                days,
                hour.map(window -> Instant.ofEpochSecond(window.start())).orElse(Instant.EPOCH),
                hour.map(window -> mostRead(of, window)).orElse(List.of()),
                flow,
                checks(newest, days, flow, now));
    }

    /**
     * Returns the checks, those that are not well first, and among these a cause before what it
     * brings about: a consumer that stands still before the model that learns nothing.
     */
    private List<HealthCheck> checks(
            Versioned newest, List<Overview.Day> days, Optional<Flow> flow, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        OutcomeSums ofToday = sum(days, today, today);
        List<HealthCheck> checks = new ArrayList<>();
        checks.add(HealthChecks.model(newest, status.get(), now));
        flow.ifPresent(
                measured -> {
                    checks.add(FlowChecks.consumers(measured));
                    checks.add(FlowChecks.quarantine(measured));
                    checks.add(FlowChecks.requests(measured));
                    checks.add(FlowChecks.degraded(measured));
                });
        checks.add(HealthChecks.learning(newest.at(), expected(newest.model()), now));
        checks.add(HealthChecks.impressions(sum(days, today.minusDays(1), today)));
        checks.add(HealthChecks.clicks(ofToday, sum(days, LocalDate.MIN, today.minusDays(1))));
        checks.add(HealthChecks.experiments(running()));
        checks.sort(Comparator.comparing(HealthCheck::ok));
        return checks;
    }

    /**
     * Returns the events a minute to expect: what this process saw, else what the hour before the
     * newest event had at least.
     */
    private OptionalDouble expected(Model of) {
        OptionalDouble seen = pace.perMinute();
        if (seen.isPresent()) {
            return seen;
        }
        return hour(of.windows(), of.clock().getEpochSecond() - HOUR.toSeconds())
                .map(
                        window ->
                                OptionalDouble.of(
                                        (double) users(window.counts().get(ALL))
                                                / HOUR.toMinutes()))
                .orElse(OptionalDouble.empty());
    }

    private static long users(@Nullable ItemCounts counts) {
        return counts == null
                ? 0
                : IntStream.range(0, counts.size()).mapToLong(counts::count).sum();
    }

    private Map<String, Results> running() {
        Map<String, Results> running = new TreeMap<>();
        for (ExperimentSummary known : experiments.known()) {
            if (known.status() == ExperimentStatus.RUNNING) {
                experiments
                        .answer(known.id())
                        .ifPresent(report -> running.put(known.id(), report.results()));
            }
        }
        return running;
    }

    private static List<Overview.Day> days(Model of) {
        List<Overview.Day> days = new ArrayList<>();
        for (OutcomeDay day : of.outcomes().days()) {
            OutcomeSums sums = OutcomeSums.NONE;
            for (var pair : day.pairs().entrySet()) {
                if (pair.getKey().isOfPlacement()) {
                    sums = sums.plus(pair.getValue());
                }
            }
            days.add(new Overview.Day(LocalDate.ofEpochDay(day.day()), sums));
        }
        days.sort(Comparator.comparing(Overview.Day::day).reversed());
        return days;
    }

    private static OutcomeSums sum(List<Overview.Day> days, LocalDate from, LocalDate to) {
        OutcomeSums sums = OutcomeSums.NONE;
        for (Overview.Day day : days) {
            if (!day.day().isBefore(from) && !day.day().isAfter(to)) {
                sums = sums.plus(day.sums());
            }
        }
        return sums;
    }

    /** Returns the window of an hour that a time is in. */
    private static Optional<Window> hour(Windows windows, long epochSecond) {
        return windows.kept().stream()
                .filter(window -> window.length().equals(HOUR))
                .filter(window -> window.start() == epochSecond - epochSecond % HOUR.toSeconds())
                .findFirst();
    }

    private static List<Overview.ReadItem> mostRead(Model of, Window window) {
        Map<Integer, Long> before = new HashMap<>();
        hour(of.windows(), window.start() - 1)
                .map(earlier -> earlier.counts().get(ALL))
                .ifPresent(
                        counts ->
                                IntStream.range(0, counts.size())
                                        .forEach(
                                                order ->
                                                        before.put(
                                                                counts.item(order),
                                                                counts.count(order))));
        ItemCounts counts = window.counts().get(ALL);
        if (counts == null) {
            return List.of();
        }
        return IntStream.range(0, counts.size())
                .filter(order -> counts.count(order) >= FEWEST_USERS)
                .filter(order -> !of.items().deleted(counts.item(order)))
                .boxed()
                .sorted(
                        Comparator.<Integer>comparingLong(order -> -counts.count(order))
                                .thenComparing(order -> of.items().id(counts.item(order))))
                .limit(MOST_READ)
                .map(
                        order -> {
                            Item item = of.items().item(counts.item(order));
                            return new Overview.ReadItem(
                                    of.items().id(counts.item(order)),
                                    item.title(),
                                    counts.count(order),
                                    before.getOrDefault(counts.item(order), 0L));
                        })
                .toList();
    }
}
