package dev.freshet.recommend;

import dev.freshet.access.ExposureToken;
import dev.freshet.access.ListArm;
import dev.freshet.access.ListCursor;
import dev.freshet.access.Signer;
import dev.freshet.catalog.Item;
import dev.freshet.event.Event;
import dev.freshet.model.signal.Attributors.Attribution.Moved;
import dev.freshet.query.RecommendationQuery.Paging;
import dev.freshet.ranking.Exploration;
import dev.freshet.ranking.RankedList.Ranked;
import dev.freshet.ranking.Reason;
import dev.freshet.recommend.Recommendations.RecommendedItem;
import dev.freshet.recommend.ServedArms.ServedShadow;
import dev.freshet.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last stage of the read flow: makes the response of a list, with names, the exposure token,
 * and what was left out.
 */
public final class ResponseAssembler {
    /** The reason given where the filter left items out unexamined. */
    private static final String FILTER_LIMIT = "filter-limit";

    /** Steps of the part that one event has in a source, per whole. */
    private static final double PART_STEPS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(ResponseAssembler.class);

    /** Rounds shares of a whole to hundredths that sum to it. */
    static final class Hundredths {
        private static final int WHOLE = 100;

        private Hundredths() {}

        /**
         * Returns shares in hundredths, each at least one: the method of largest remainders. What
         * the least share adds is taken from the largest, so that shares that fall still do.
         *
         * @param shares greater than 0, largest first, at most 100, with a sum of one
         */
        static double[] of(double[] shares) {
            int[] steps = new int[shares.length];
            double[] remainders = new double[shares.length];
            int sum = 0;
            for (int at = 0; at < shares.length; at++) {
                steps[at] = Math.max(1, (int) Math.floor(shares[at] * WHOLE));
                remainders[at] = shares[at] * WHOLE - steps[at];
                sum += steps[at];
            }
            for (; sum < WHOLE && shares.length > 0; sum++) {
                int most = first(remainders);
                steps[most]++;
                remainders[most]--;
            }
            for (; sum > WHOLE; sum--) {
                steps[lastOfTheLargest(steps)]--;
            }
            return Arrays.stream(steps).mapToDouble(step -> (double) step / WHOLE).toArray();
        }

        private static int first(double[] remainders) {
            int most = 0;
            for (int at = 1; at < remainders.length; at++) {
                most = remainders[at] > remainders[most] ? at : most;
            }
            return most;
        }

        private static int lastOfTheLargest(int[] steps) {
            int last = 0;
            while (last + 1 < steps.length && steps[last + 1] == steps[last]) {
                last++;
            }
            return last;
        }
    }

    private final Supplier<Signer> signer;
    private final ListCursors cursors;
    private final AllowedPlacements placements;

    /**
     * Creates an assembler that signs with one stack's secret.
     *
     * @param signer derived by {@link Signer#EXPOSURE}; called for each response, so that nothing
     *     is fetched before it is needed. Where it throws {@link StoreUnavailableException} the
     *     response has no token
     * @param placements that tokens name; all others are summed as one
     */
    public ResponseAssembler(Supplier<Signer> signer, AllowedPlacements placements) {
        this.signer = signer;
        this.cursors = new ListCursors(signer);
        this.placements = placements;
    }

    /** Returns the cursors of lists of this stack. */
    ListCursors cursors() {
        return cursors;
    }

    /**
     * Returns the response: the first page of a list whose request asks for pages, else the list.
     *
     * @param ratings the stars that the user would give, by item id; empty where they are not asked
     *     for
     */
    Recommendations of(MadeList made, Map<String, Double> ratings) {
        if (made.plan().query().paging() instanceof Paging.First) {
            return firstPage(made, ratings);
        }
        ListCursor before = made.plan().cursor();
        ListCursor rest = before == null ? null : LaterPage.rest(before, made);
        return of(made, made.list().items(), rest, ratings, List.of());
    }

    private Recommendations firstPage(MadeList made, Map<String, Double> ratings) {
        List<Ranked> all = made.list().items();
        List<Ranked> page = all.subList(0, Math.min(made.plan().query().count(), all.size()));
        try {
            return of(made, page, cursors.afterFirstPage(made), ratings, List.of());
        } catch (StoreUnavailableException noSecret) {
            LOG.warn("A list goes without its further pages", noSecret);
            return of(made, page, null, ratings, List.of("paging-unavailable"));
        }
    }

    /**
     * Returns the response.
     *
     * @param list the items of the response
     * @param rest what the next page comes from; null where nothing follows
     * @param problems codes of what was left out
     */
    private Recommendations of(
            MadeList made,
            List<Ranked> list,
            @Nullable ListCursor rest,
            Map<String, Double> ratings,
            List<String> problems) {
        List<RecommendedItem> items = new ArrayList<>(list.size());
        List<ExposureToken.Shown> shown = new ArrayList<>(list.size());
        for (Ranked ranked : list) {
            Item item = made.request().model().items().item(ranked.item());
            items.add(
                    new RecommendedItem(
                            item,
                            score(ranked.score()),
                            made.first() + items.size() + 1,
                            rounded(ranked.reasons()),
                            moved(ranked)));
            if (shown.size() == Event.Impression.MAX_ITEMS) {
                continue;
            }
            shown.add(
                    new ExposureToken.Shown(
                            item.itemId(),
                            ranked.propensity(),
                            ranked.sources(),
                            ranked.kind() == Exploration.Kind.DRAWN,
                            ranked.kind() == Exploration.Kind.NEWCOMER,
                            ranked.logRatios()));
        }
        List<String> degraded = new ArrayList<>(made.user().missing());
        degraded.addAll(made.served().problems());
        degraded.addAll(problems);
        if (made.request().filter().exhausted()) {
            degraded.add(FILTER_LIMIT);
        }
        String next = rest == null ? null : cursors.seal(rest);
        return new Recommendations(
                made.id().toString(),
                items,
                token(made, evaluated(made.plan().shadows(), list), shown, degraded),
                next,
                made.served().version(),
                made.served().age(),
                made.user().reflects(),
                made.user().personalised(),
                degraded,
                ratings,
                made.plan().maker() instanceof GivenItems given
                        ? Recommendations.Given.of(given.asked(), items, made.list().withheld())
                        : null,
                made.trace());
    }

    /** Returns the shadows that a list was drawn beside: none of a list that was not drawn. */
    private static List<ListArm> evaluated(List<ServedShadow> shadows, List<Ranked> list) {
        return list.isEmpty() || list.getFirst().logRatios().isEmpty()
                ? List.of()
                : shadows.stream().map(ServedShadow::name).toList();
    }

    /** Returns a score, or what a part adds to one, as exact as it is shown. */
    static double score(double exact) {
        return Exploration.shown(exact);
    }

    private static List<Reason> rounded(List<Reason> reasons) {
        double[] shares = Hundredths.of(reasons.stream().mapToDouble(Reason::share).toArray());
        List<Reason> rounded = new ArrayList<>(reasons.size());
        for (Reason reason : reasons) {
            rounded.add(rounded(reason, shares[rounded.size()]));
        }
        return List.copyOf(rounded);
    }

    private static Reason rounded(Reason reason, double share) {
        Moved event = reason.event();
        return new Reason(
                reason.source(),
                share,
                score(reason.contribution()),
                reason.message(),
                reason.because(),
                event == null ? null : rounded(event));
    }

    /**
     * Returns the event that raises a score most, and those of the others of which no more than
     * twice the lift would be shown.
     */
    private static List<Moved> moved(Ranked ranked) {
        List<Moved> moved = ranked.movedBy();
        return moved.stream()
                .filter(one -> isShown(one, moved.getFirst()))
                .map(ResponseAssembler::rounded)
                .toList();
    }

    private static boolean isShown(Moved one, Moved most) {
        return one.equals(most) || score(one.lift()) <= 2 * one.lift();
    }

    private static Moved rounded(Moved event) {
        return new Moved(event.action(), score(event.lift()), part(event.part()));
    }

    /** Returns the nearest hundredth; a part above zero becomes one hundredth at least. */
    private static double part(double exact) {
        double nearest = Math.round(exact * PART_STEPS) / PART_STEPS;
        return exact > 0 && nearest == 0 ? 1 / PART_STEPS : nearest;
    }

    private String token(
            MadeList made,
            List<ListArm> shadows,
            List<ExposureToken.Shown> shown,
            List<String> degraded) {
        ListPlan plan = made.plan();
        try {
            Signer exposures = signer.get();
            return new ExposureToken(
                            made.id().toString(),
                            null,
                            placements.counted(plan.query().placement()),
                            plan.arms(),
                            shadows,
                            plan.segment(),
                            made.modelVersion(),
                            made.request().now(),
                            made.first(),
                            shown)
                    .askedBy(made.user().asker().id(), exposures)
                    .sign(exposures);
        } catch (StoreUnavailableException noSecret) {
            LOG.warn("An answer goes without its exposure token", noSecret);
            degraded.add("exposure-unavailable");
            return "";
        }
    }
}
