package dev.freshet.bench.evaluate;

import dev.freshet.cli.CommandException;
import dev.freshet.ranking.Strategy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Who takes part in a run.
 *
 * @param product parts of the product; the blend first, if it takes part
 * @param only names asked for alone; empty for everybody
 */
record Field(List<Contender> product, BaselineSet baselines, Set<String> only) {
    /**
     * The field.
     *
     * @param places how many items the blend is asked for
     * @param strategy how the sources' signals become one score
     * @throws CommandException once rivals are known, for a name that nobody has
     */
    static Field of(int places, Strategy strategy, BaselineSet baselines, List<String> only) {
        List<Contender> all = new ArrayList<>();
        all.add(Contender.blend(strategy, places));
        all.addAll(Contender.sources());
        List<Contender> product =
                all.stream().filter(one -> only.isEmpty() || only.contains(one.name())).toList();
        return new Field(product, baselines, Set.copyOf(only));
    }

    /**
     * The rivals that take part; none are made where only parts of the product were asked for.
     *
     * @param make all of them
     */
    List<Baseline> rivals(Function<BaselineSet, List<Baseline>> make) {
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
                    "There is no %s here; --only knows %s."
                            .formatted(String.join(", ", others), String.join(", ", names)));
        }
        return all.stream().filter(rival -> only.isEmpty() || only.contains(rival.name())).toList();
    }

    /** How rivals are set, a note for each that says so. */
    static List<String> settings(List<Baseline> rivals) {
        return rivals.stream()
                .filter(rival -> !rival.settings().isEmpty())
                .map(rival -> "Baseline %s: %s.".formatted(rival.name(), rival.settings()))
                .toList();
    }
}
