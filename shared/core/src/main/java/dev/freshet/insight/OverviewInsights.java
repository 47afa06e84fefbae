package dev.freshet.insight;

import dev.freshet.event.EventType;
import dev.freshet.experiment.ExperimentStatus;
import dev.freshet.experiment.Results;
import dev.freshet.model.Model;
import dev.freshet.model.log.Replica;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.outcome.OutcomeCount;
import dev.freshet.model.outcome.OutcomeSums;
import dev.freshet.model.popularity.Scope;
import dev.freshet.model.popularity.Windows.ItemCounts;
import dev.freshet.model.popularity.Windows.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
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
    static final int MAX_READ = 5;

    /** The fewest users of an item that is reported. */
    static final int FEWEST_USERS = 5;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final String ALL = Scope.ALL.key();
    private static final double TENTHS = 10;

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
        SortedMap<LocalDate, OutcomeSums> days = new TreeMap<>(Comparator.reverseOrder());
        of.outcomes()
                .days()
                .forEach(day -> days.put(LocalDate.ofEpochDay(day.day()), day.ofPlacements()));
        Optional<Flow> flow = measurements.flow(now);
        return new Overview(
                served(newest),
                events(of.totals().interactions()),
                pace.samples(),
                days.entrySet().stream().map(day -> day(day.getKey(), day.getValue())).toList(),
                mostRead(of),
                flow.map(FlowReport::of).orElse(null),
                checks(newest, days, flow, now));
    }

    private static Overview.ServedModel served(Versioned newest) {
        boolean isMade = newest.version() > 0;
        return new Overview.ServedModel(
                newest.version(),
                isMade ? newest.at() : null,
                isMade ? newest.model().clock() : null,
                newest.model().items().size(),
                newest.model().totals().beyondBounds());
    }

    private Overview.Events events(Map<EventType, Long> learned) {
        SortedMap<String, Long> byType = new TreeMap<>();
        learned.forEach((type, count) -> byType.put(type.wireName(), count));
        OptionalDouble perMinute = pace.perMinute();
        return new Overview.Events(
                learned.values().stream().mapToLong(Long::longValue).sum(),
                byType,
                perMinute.isPresent()
                        ? Math.round(perMinute.getAsDouble() * TENTHS) / TENTHS
                        : null);
    }

    private static Overview.Day day(LocalDate day, OutcomeSums sums) {
        return new Overview.Day(
                day,
                sums.get(OutcomeCount.LISTS),
                sums.get(OutcomeCount.LISTS_CLICKED),
                sums.get(OutcomeCount.CLICKS),
                sums.get(OutcomeCount.CONVERSIONS),
                sums.get(OutcomeCount.UNSEEN_CLICKS));
    }

    /**
     * Returns the checks, those that are not well first, and among these a cause before what it
     * brings about: a consumer that stands still before the model that learns nothing.
     */
    private List<HealthCheck> checks(
            Versioned newest,
            SortedMap<LocalDate, OutcomeSums> days,
            Optional<Flow> flow,
            Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        OutcomeSums ofToday = days.getOrDefault(today, OutcomeSums.NONE);
        OutcomeSums before = sum(days.tailMap(today.minusDays(1)));
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
        checks.add(HealthChecks.impressions(sum(days.subMap(today, today.minusDays(2)))));
        checks.add(HealthChecks.clicks(ofToday, before));
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
        long clock = of.clock().getEpochSecond();
        return TrendingInsights.window(
                        of.windows(), HOUR, clock - clock % HOUR.toSeconds() - HOUR.toSeconds())
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

    private static OutcomeSums sum(SortedMap<LocalDate, OutcomeSums> days) {
        return days.values().stream().reduce(OutcomeSums.NONE, OutcomeSums::plus);
    }

    private static Overview.MostRead mostRead(Model of) {
        long clock = of.clock().getEpochSecond();
        long hour = clock - clock % HOUR.toSeconds();
        Optional<Window> present = TrendingInsights.window(of.windows(), HOUR, hour);
        return new Overview.MostRead(
                present.isPresent() && hour > 0 ? Instant.ofEpochSecond(hour) : null,
                TrendingInsights.items(of, HOUR, hour, ALL, MAX_READ));
    }
}
