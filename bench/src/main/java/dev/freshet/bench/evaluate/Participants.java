package dev.freshet.bench.evaluate;

import dev.freshet.bench.baseline.Baselines;
import dev.freshet.bench.baseline.Baselines.Chosen;
import dev.freshet.bench.rerank.Reranker;
import dev.freshet.cli.CommandException;
import dev.freshet.ranking.Strategy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part in an evaluation.
 *
 * @param strategy combines the sources' signals into the score of the blend
 * @param only names of the only participants; empty for all
 * @param compared settings of other stacks whose blends are compared, by their names
 * @param losses table of the blend's losses that is filled, or null
 */
record Participants(
        Strategy strategy,
        List<String> only,
        SequencedMap<String, ReplaySettings> compared,
        @Nullable LossTable losses) {
    /**
     * Returns the parts of the product, the blend first if it takes part. Another strategy takes
     * part under its name where it is asked for: it ranks by the same model as the blend.
     *
     * @param places number of items that the blend ranks
     */
    List<Contender> product(int places) {
        List<Contender> product = new ArrayList<>();
        product.add(Contender.blend(strategy, places));
        product.addAll(Contender.sources());
        product.removeIf(one -> !only.isEmpty() && !only.contains(one.name()));
        for (String name : Strategy.NAMES.split(", ", -1)) {
            if (only.contains(name)) {
                product.add(Contender.compared(name, Strategy.of(name).orElseThrow(), places));
            }
        }
        for (String name : Reranker.NAMES) {
            if (only.contains(name)) {
                product.add(Contender.reranked(name, places));
            }
        }
        return product;
    }

    /**
     * Returns the participating baselines; none are created if only parts of the product take part.
     *
     * @throws CommandException for an unknown name
     */
    List<Chosen> baselines(Baselines.Setup setup, long seed) {
        Set<String> others = new HashSet<>(only);
        product(1).forEach(one -> others.remove(one.name()));
        if (!only.isEmpty() && others.isEmpty()) {
            return List.of();
        }
        List<Chosen> all = Baselines.of(setup, seed);
        List<String> names =
                new ArrayList<>(all.stream().map(one -> one.baseline().name()).toList());
        if (!names.containsAll(others)) {
            names.forEach(others::remove);
            Contender.sources().forEach(source -> names.addFirst(source.name()));
            names.addFirst(Contender.BLEND);
            throw new CommandException(
                    "--only: unknown name %s. Use one of %s."
                            .formatted(String.join(", ", others), String.join(", ", names)));
        }
        return all.stream()
                .filter(one -> only.isEmpty() || only.contains(one.baseline().name()))
                .toList();
    }
}
