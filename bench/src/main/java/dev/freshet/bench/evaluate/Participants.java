package dev.freshet.bench.evaluate;

import dev.freshet.bench.rerank.Reranker;
import dev.freshet.cli.CommandException;
import dev.freshet.model.settings.Objective;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.ranking.Strategy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Participants of a run.
 *
 * @param product parts of the product, the blend first if it takes part
 * @param baselines factory of the baselines
 * @param only names of the only participants; empty for all
 * @param compared the blends of stacks with other settings
 */
record Participants(
        List<Contender> product, BaselineSet baselines, Set<String> only, List<Compared> compared) {
    private static final String UNLIMITED = "unlimited";
    private static final String EVEN = "even";

    /** The blend of a stack with other settings. */
    record Compared(Contender blend, ReplaySettings settings) {}

    /**
     * Returns the participants. Another strategy takes part under its name where it is asked for:
     * it ranks by the same model as the blend.
     *
     * @param places number of items that the blend ranks
     * @param strategy combines the sources' signals into one score
     * @throws CommandException later, once the baselines are known, for an unknown name
     */
    static Participants of(
            int places, Strategy strategy, BaselineSet baselines, List<String> only) {
        List<Contender> all = new ArrayList<>();
        all.add(Contender.blend(strategy, places));
        all.addAll(Contender.sources());
        List<Contender> product =
                new ArrayList<>(
                        all.stream()
                                .filter(one -> only.isEmpty() || only.contains(one.name()))
                                .toList());
        for (String name : Strategy.NAMES.split(", ", -1)) {
            if (only.contains(name)) {
                Strategy other = Strategy.of(name).orElseThrow();
                product.add(Contender.compared(name, other, places));
            }
        }
        for (String name : Reranker.NAMES) {
            if (only.contains(name)) {
                Reranker reranker = Reranker.of(name, SignalFamilies.COUNT).orElseThrow();
                product.add(Contender.reranked(name, reranker, places));
            }
        }
        return new Participants(product, baselines, Set.copyOf(only), List.of());
    }

    /** Returns these participants and the blend of a stack without limits. */
    Participants withUnlimited(Strategy strategy, int places) {
        return with(UNLIMITED, strategy, places, ReplaySettings.UNLIMITED);
    }

    /**
     * Returns these participants and the blend that learns from interactions of all types alike.
     */
    Participants withEven(Strategy strategy, int places, ReplaySettings settings) {
        return with(EVEN, strategy, places, settings.withObjective(Objective.EVEN));
    }

    /** Returns these participants and the blend that knows the attributes of people. */
    Participants withCohorts(Strategy strategy, int places, ReplaySettings settings) {
        return with("cohorts", strategy, places, settings.withCohorts());
    }

    /** Returns these participants and the blend that starts from the weights of the settings. */
    Participants withStart(Strategy strategy, int places, ReplaySettings settings) {
        return with("start", strategy, places, settings);
    }

    private Participants with(String name, Strategy strategy, int places, ReplaySettings settings) {
        List<Compared> all = new ArrayList<>(compared);
        all.add(new Compared(Contender.compared(name, strategy, places), settings));
        return new Participants(product, baselines, only, List.copyOf(all));
    }

    /**
     * Returns the participating baselines; none are created if only parts of the product take part.
     *
     * @param make creates all baselines
     */
    List<Baseline> baselines(Function<BaselineSet, List<Baseline>> make) {
        Set<String> others = new HashSet<>(only);
        product.forEach(one -> others.remove(one.name()));
        if (!only.isEmpty() && others.isEmpty()) {
            return List.of();
        }
        List<Baseline> all = make.apply(baselines);
        List<String> names = new ArrayList<>(all.stream().map(Baseline::name).toList());
        if (!names.containsAll(others)) {
            others.removeAll(names);
            Contender.sources().forEach(source -> names.addFirst(source.name()));
            names.addFirst(Contender.BLEND);
            throw new CommandException(
                    "--only: unknown name %s. Use one of %s."
                            .formatted(String.join(", ", others), String.join(", ", names)));
        }
        return all.stream()
                .filter(baseline -> only.isEmpty() || only.contains(baseline.name()))
                .toList();
    }

    /** Returns a note with the settings of each baseline that has settings. */
    static List<String> settings(List<Baseline> baselines) {
        return baselines.stream()
                .filter(baseline -> !baseline.settings().isEmpty())
                .map(baseline -> "Baseline %s: %s.".formatted(baseline.name(), baseline.settings()))
                .toList();
    }
}
