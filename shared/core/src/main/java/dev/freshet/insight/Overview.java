package dev.freshet.insight;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.freshet.event.EventType;
import dev.freshet.experiment.Experiment.ExperimentStatus;
import dev.freshet.experiment.Results;
import dev.freshet.model.Model;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.popularity.Scope;
import dev.freshet.model.popularity.Windows.ItemCounts;
import dev.freshet.model.popularity.Windows.Window;
import dev.freshet.model.sums.OutcomeSums;
import dev.freshet.model.sums.OutcomeSums.OutcomeCount;
import java.time.Duration;
import java.time.Instant;
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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How a stack is doing, from the model in memory and from what is measured of its flows.
 *
 * @param samples the events learned by time, oldest first
 * @param days what became of the lists of all placements, by day, newest first; at most the open
 *     days of the model
 * @param flow what is measured of the flows; null where nothing is
 * @param healthy what was checked; those that are not well first
 */
public record Overview(
        ServedModel model,
        Events events,
        List<LearningPace.Sample> samples,
        List<Day> days,
        MostRead mostRead,
        @Nullable FlowReport flow,
        List<HealthCheck> healthy) {
    /** Most items of {@link #mostRead}. */
    static final int MAX_READ = 5;

    /** The fewest users of an item that is reported. */
    static final int FEWEST_USERS = 5;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final String ALL = Scope.ALL.key();
    private static final double TENTHS = 10;

    /**
     * The answer to one question about the health of a stack.
     *
     * @param check a stable name: {@code learning}
     * @param ok whether all is well
     * @param sentence what was found, and where something is wrong what to do; it changes only with
     *     what it reports, so that an unchanged answer can be recognised
     */
    public record HealthCheck(String check, boolean ok, String sentence) {
        static HealthCheck well(String check, String sentence) {
            return new HealthCheck(check, true, sentence);
        }

        static HealthCheck wrong(String check, String sentence) {
            return new HealthCheck(check, false, sentence);
        }
    }

    /**
     * The model that answered.
     *
     * @param madeAt when this version was made; null before the first one
     * @param newestEvent the latest event time that the model has learned; null likewise
     * @param items the number of items that the model knows
     * @param beyondBounds items and events that did not fit into the model since it began
     */
    public record ServedModel(
            long version,
            @Nullable Instant madeAt,
            @Nullable Instant newestEvent,
            int items,
            long beyondBounds) {}

    /**
     * The events learned since the model began.
     *
     * @param byType by the name of their type
     * @param perMinute to a tenth; null until this process has been asked long enough to know
     */
    public record Events(long total, SortedMap<String, Long> byType, @Nullable Double perMinute) {}

    /** What became of the lists of one day. */
    public record Day(
            LocalDate day,
            long lists,
            long listsClicked,
            long clicks,
            long conversions,
            long unseenClicks) {}

    /**
     * The items with the most users in an hour of event time.
     *
     * @param hourFrom its begin; null before the first event
     */
    public record MostRead(@Nullable Instant hourFrom, List<ReadItem> items) {}

    /**
     * An item and the users who took it.
     *
     * @param title as in the catalogue; may be empty, which is left out of JSON
     * @param users in the window
     * @param usersBefore in the window before
     */
    public record ReadItem(
            String itemId,
            @JsonInclude(Include.NON_EMPTY) String title,
            long users,
            long usersBefore) {}

    /**
     * Returns how a stack is doing now. Cost: some milliseconds, and for each running experiment,
     * of which a stack has at most 8, as much again; and where the measurements are old, the time
     * to read them.
     *
     * @param pace of this process, to which the newest model is added
     */
    public static Overview of(InsightSources sources, LearningPace pace, Instant now) {
        Versioned newest = sources.models().get();
        Model of = newest.model();
        if (newest.version() > 0) {
            pace.add(new LearningPace.Sample(newest.at(), of.totals().events()));
        }
        SortedMap<LocalDate, OutcomeSums> days = new TreeMap<>(Comparator.reverseOrder());
        of.outcomes()
                .days()
                .forEach(day -> days.put(LocalDate.ofEpochDay(day.day()), day.ofPlacements()));
        Optional<Flow> flow = sources.measurements().flow(now);
        return new Overview(
                served(newest),
                events(of.totals().interactions(), pace),
                pace.samples(),
                days.entrySet().stream().map(day -> day(day.getKey(), day.getValue())).toList(),
                mostRead(of),
                flow.map(FlowReport::of).orElse(null),
                checks(sources, newest, days, flow, expected(of, pace), now));
    }

    private static ServedModel served(Versioned newest) {
        boolean isMade = newest.version() > 0;
        return new ServedModel(
                newest.version(),
                isMade ? newest.at() : null,
                isMade ? newest.model().clock() : null,
                newest.model().items().size(),
                newest.model().totals().beyondBounds());
    }

    private static Events events(Map<EventType, Long> learned, LearningPace pace) {
        SortedMap<String, Long> byType = new TreeMap<>();
        learned.forEach((type, count) -> byType.put(type.wireName(), count));
        OptionalDouble perMinute = pace.perMinute();
        return new Events(
                learned.values().stream().mapToLong(Long::longValue).sum(),
                byType,
                perMinute.isPresent()
                        ? Math.round(perMinute.getAsDouble() * TENTHS) / TENTHS
                        : null);
    }

    private static Day day(LocalDate day, OutcomeSums sums) {
        return new Day(
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
    private static List<HealthCheck> checks(
            InsightSources sources,
            Versioned newest,
            SortedMap<LocalDate, OutcomeSums> days,
            Optional<Flow> flow,
            OptionalDouble perMinute,
            Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        OutcomeSums ofToday = days.getOrDefault(today, OutcomeSums.NONE);
        OutcomeSums before = sum(days.tailMap(today.minusDays(1)));
        List<HealthCheck> checks = new ArrayList<>();
        checks.add(HealthChecks.model(newest, sources.modelStatus().get(), now));
        flow.ifPresent(measured -> checks.addAll(FlowChecks.of(measured)));
        checks.add(HealthChecks.learning(newest.at(), perMinute, now));
        checks.add(HealthChecks.impressions(sum(days.subMap(today, today.minusDays(2)))));
        flow.ifPresent(measured -> checks.add(FlowChecks.lists(measured, counted(newest, now))));
        checks.add(HealthChecks.clicks(ofToday, before));
        checks.add(
                HealthChecks.placements(
                        newest.model().outcomes().days().stream()
                                .anyMatch(
                                        day ->
                                                day.day() >= today.toEpochDay() - 1
                                                        && day.isFull())));
        checks.add(HealthChecks.experiments(running(newest)));
        checks.sort(Comparator.comparing(HealthCheck::ok));
        return checks;
    }

    /** Returns the lists of this hour and the one before that counted for somebody. */
    private static long counted(Versioned newest, Instant now) {
        int hourBefore = (int) Duration.between(Instant.EPOCH, now).toHours() - 1;
        return newest.model().outcomes().hours().sums().tailMap(hourBefore).values().stream()
                .flatMap(hour -> hour.values().stream())
                .mapToLong(sums -> sums.get(OutcomeCount.LISTS))
                .sum();
    }

    /**
     * Returns the events a minute to expect: what this process saw, else what the hour before the
     * newest event had at least.
     */
    private static OptionalDouble expected(Model of, LearningPace pace) {
        OptionalDouble seen = pace.perMinute();
        if (seen.isPresent()) {
            return seen;
        }
        long clock = of.clock().getEpochSecond();
        return TrendingReport.window(
                        of.windows(), HOUR, clock - clock % HOUR.toSeconds() - HOUR.toSeconds())
                .map(window -> (double) users(window.counts().get(ALL)) / HOUR.toMinutes())
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }

    private static long users(@Nullable ItemCounts counts) {
        return counts == null
                ? 0
                : IntStream.range(0, counts.size()).mapToLong(counts::count).sum();
    }

    private static Map<String, Results> running(Versioned newest) {
        Map<String, Results> running = new TreeMap<>();
        for (ExperimentReport.Summary known : ExperimentReport.known(newest)) {
            if (known.status() == ExperimentStatus.RUNNING) {
                ExperimentReport.find(newest, known.id())
                        .ifPresent(report -> running.put(known.id(), report.results()));
            }
        }
        return running;
    }

    private static OutcomeSums sum(SortedMap<LocalDate, OutcomeSums> days) {
        return days.values().stream().reduce(OutcomeSums.NONE, OutcomeSums::plus);
    }

    private static MostRead mostRead(Model of) {
        long clock = of.clock().getEpochSecond();
        long hour = clock - clock % HOUR.toSeconds();
        Optional<Window> present = TrendingReport.window(of.windows(), HOUR, hour);
        return new MostRead(
                present.isPresent() && hour > 0 ? Instant.ofEpochSecond(hour) : null,
                TrendingReport.items(of, HOUR, hour, ALL, MAX_READ));
    }
}
