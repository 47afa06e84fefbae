package dev.freshet.model.signal;

import dev.freshet.model.blend.BlendState;
import java.util.Comparator;
import java.util.List;

/**
 * The list of all signal families. Serving and learning both read it, so a family that is added
 * here finds candidates, is learned, ranks and explains.
 *
 * <p>Learning starts from the weights that the signals state. They were set by hand: signs by
 * reasoning, sizes by a coarse search over two data sets at once, a generated newspaper and the
 * first three tenths of DeskDrop in time order, with room left for sites that resemble neither.
 */
public final class SignalFamilies {
    /** All families, in the order in which candidates are collected from them. */
    public static final List<SignalFamily> ALL =
            List.of(
                    new RepeatSignals(),
                    new CoOccurrenceSignals(),
                    new NextItemSignals(),
                    new SessionSignals(),
                    new SimilarItems(),
                    new ContentSignals(),
                    new FactorSignals(),
                    new TrendingSignals(),
                    new PopularitySignals(),
                    new NewItemSignals(),
                    new CatalogueItems(),
                    ScopeSignals.ofCountry(),
                    ScopeSignals.ofDevice(),
                    new FollowedSignals(),
                    new CohortSignals());

    /** All signals, by {@link Signal#at}. */
    public static final List<Signal> SIGNALS =
            ALL.stream()
                    .flatMap(family -> family.signals().stream())
                    .sorted(Comparator.comparingInt(Signal::at))
                    .toList();

    /** Number of signals: the length of a signal vector. */
    public static final int COUNT = SIGNALS.size();

    /** Length of arrays by {@link Source#index}. */
    public static final int SOURCES =
            1 + ALL.stream().mapToInt(family -> family.source().index()).max().orElse(-1);

    /** The sources that have signals, in the order of their first ones. */
    public static final List<Source> SCORED =
            SIGNALS.stream().map(Signal::source).distinct().toList();

    private static final SignalFamily[] BY_SOURCE = new SignalFamily[SOURCES];

    static {
        for (SignalFamily family : ALL) {
            int index = family.source().index();
            if (BY_SOURCE[index] != null) {
                throw new IllegalStateException("Two families have the source index " + index);
            }
            BY_SOURCE[index] = family;
            for (Signal signal : family.signals()) {
                if (!signal.source().equals(family.source())) {
                    throw new IllegalStateException(
                            signal.name() + " has a source of another family");
                }
            }
        }
        for (int at = 0; at < COUNT; at++) {
            if (SIGNALS.get(at).at() != at) {
                throw new IllegalStateException("No signal, or two, at position " + at);
            }
        }
    }

    /** The state of the blend before anything was learned. */
    public static final BlendState START = StartingWeights.stated(SIGNALS).state();

    private SignalFamilies() {}

    /** Returns the family of a source. */
    public static SignalFamily of(Source source) {
        return BY_SOURCE[source.index()];
    }

    /** Returns the source of an index, as exposure tokens carry it. */
    public static Source source(int index) {
        return BY_SOURCE[index].source();
    }
}
