package dev.freshet.insight;

import dev.freshet.experiment.Results;
import dev.freshet.insight.Overview.HealthCheck;
import dev.freshet.model.log.Replica;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.sums.OutcomeSums;
import dev.freshet.model.sums.OutcomeSums.OutcomeCount;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The questions whose answers say whether a stack is well. Each takes what it judges as values. */
final class HealthChecks {
    /** The shortest silence that is reported. */
    static final Duration LEAST_SILENCE = Duration.ofSeconds(30);

    /**
     * The silence that is reported, in usual gaps between events. While the pace is the usual one,
     * a silence of 30 gaps comes about once in 10¹³ gaps by chance, and it takes a pace of half the
     * usual one to see one in three million.
     */
    static final int SILENT_GAPS = 30;

    /** The time without a look at the model log after which the model counts as stale. */
    static final Duration STALE = Duration.ofMinutes(1);

    /** Clicks whose list was not reported as seen, above which their share is judged. */
    static final int LEAST_UNSEEN = 20;

    /** The share of such clicks that is reported. */
    static final double UNSEEN_SHARE = 0.2;

    /** Lists of a day, and of the days before, from which on their rates are compared. */
    static final int LEAST_LISTS = 500;

    /** Standard errors by which a rate has to be lower to be reported. */
    static final double FALLEN = 5;

    /** The part of the rate before that has to be lost to be reported. */
    static final double FALLEN_BY = 0.2;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private HealthChecks() {}

    /** Returns whether there is a model, and whether this process can read newer versions of it. */
    static HealthCheck model(Versioned newest, Replica.Status status, Instant now) {
        if (newest.version() == 0) {
            return HealthCheck.wrong(
                    "model",
                    "There is no model yet: send events, or import a history with ./freshet"
                            + " import.");
        }
        if (status.trouble() != null || now.isAfter(status.lastLook().plus(STALE))) {
            return HealthCheck.wrong(
                    "model",
                    String.format(
                            Locale.ROOT,
                            "The model could not be read since %s: version %d is served until the model"
                                    + " log can be read again (docs/operate.md, alarm ModelAge).",
                            TIME.format(status.lastLook()),
                            newest.version()));
        }
        return HealthCheck.well("model", "The newest version of the model is served.");
    }

    /**
     * Returns whether the model still learns.
     *
     * @param madeAt when the newest version of the model was made
     * @param perMinute events a minute before that
     */
    static HealthCheck learning(Instant madeAt, OptionalDouble perMinute, Instant now) {
        if (perMinute.isEmpty() || perMinute.getAsDouble() <= 0) {
            return HealthCheck.well(
                    "learning", "Too few events came lately to know how many to expect.");
        }
        double gap = 60_000 / perMinute.getAsDouble();
        Duration silence = Duration.ofMillis(Math.round(Math.min(SILENT_GAPS * gap, 1e12)));
        Duration bound = silence.compareTo(LEAST_SILENCE) < 0 ? LEAST_SILENCE : silence;
        return now.isAfter(madeAt.plus(bound))
                ? HealthCheck.wrong(
                        "learning",
                        String.format(
                                Locale.ROOT,
                                "The model has learned nothing since %s, though %,.0f events a minute came"
                                        + " before: events do not arrive, or a consumer has stopped"
                                        + " (./freshet status shows which).",
                                TIME.format(madeAt),
                                perMinute.getAsDouble()))
                : HealthCheck.well("learning", "Events are learned as they come.");
    }

    /**
     * Returns whether impressions arrive, by the clicks whose list was not reported as seen.
     *
     * @param lately sums of today and yesterday
     */
    static HealthCheck impressions(OutcomeSums lately) {
        long unseen = lately.get(OutcomeCount.UNSEEN_CLICKS);
        long all = unseen + lately.get(OutcomeCount.CLICKS);
        return unseen >= LEAST_UNSEEN && unseen > UNSEEN_SHARE * all
                ? HealthCheck.wrong(
                        "impressions",
                        String.format(
                                Locale.ROOT,
                                "Of %,d clicks on lists since yesterday, %,d came without the list's"
                                        + " impression: pages do not report what they show"
                                        + " (docs/experiments.md).",
                                all,
                                unseen))
                : HealthCheck.well("impressions", "Pages report the lists that they show.");
    }

    /**
     * Returns whether the share of lists that are clicked has fallen.
     *
     * @param today sums of today
     * @param before sums of the days before
     */
    static HealthCheck clicks(OutcomeSums today, OutcomeSums before) {
        double n = today.get(OutcomeCount.LISTS);
        double m = before.get(OutcomeCount.LISTS);
        if (n < LEAST_LISTS || m < LEAST_LISTS) {
            return HealthCheck.well(
                    "clicks", "Too few lists were seen to compare today with before.");
        }
        double now = today.get(OutcomeCount.LISTS_CLICKED) / n;
        double then = before.get(OutcomeCount.LISTS_CLICKED) / m;
        double all = (now * n + then * m) / (n + m);
        double error = Math.sqrt(all * (1 - all) * (1 / n + 1 / m));
        return now < then - FALLEN * error && now < (1 - FALLEN_BY) * then
                ? HealthCheck.wrong(
                        "clicks",
                        String.format(
                                Locale.ROOT,
                                "Clicks are falling: %.1f %% of today's lists were clicked, %.1f %% of"
                                        + " those in the days before.",
                                100 * now,
                                100 * then))
                : HealthCheck.well("clicks", "Lists are clicked as often as before.");
    }

    /**
     * Returns whether there is room for another placement.
     *
     * @param isFull whether a further placement or arm of today or yesterday is counted among the
     *     others
     */
    static HealthCheck placements(boolean isFull) {
        return isFull
                ? HealthCheck.wrong(
                        "placements",
                        "All placements and arms that a day tells apart are taken, so that new ones"
                                + " are summed as (others): name yours in the option placements, since"
                                + " anybody with a publishable key can invent some"
                                + " (docs/experiments.md).")
                : HealthCheck.well("placements", "There is room for further placements.");
    }

    /** Returns whether running experiments assign users as defined. */
    static HealthCheck experiments(Map<String, Results> running) {
        List<String> uneven = new ArrayList<>();
        List<String> crossed = new ArrayList<>();
        running.forEach(
                (id, results) -> {
                    if (results.split().alarm()) {
                        uneven.add(id);
                    } else if (results.crossedWarning()) {
                        crossed.add(id);
                    }
                });
        if (uneven.isEmpty() && crossed.isEmpty()) {
            return HealthCheck.well(
                    "experiments",
                    running.isEmpty()
                            ? "No experiment runs."
                            : "Experiments assign users as defined.");
        }
        return HealthCheck.wrong(
                "experiments",
                String.format(
                        Locale.ROOT,
                        (uneven.isEmpty()
                                        ? "Users are in two arms of %s more often than expected"
                                        : "The users of %s are not split as defined")
                                + ": its results cannot be trusted (docs/experiments.md).",
                        String.join(", ", uneven.isEmpty() ? crossed : uneven)));
    }
}
