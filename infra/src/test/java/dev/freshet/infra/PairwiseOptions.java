package dev.freshet.infra;

import dev.freshet.aws.option.OptionType;
import dev.freshet.aws.option.StackOption;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sets of options that together contain every value at the borders of every option, and every pair
 * of such values of two options, unless the two exclude each other. An option without a default is
 * also left out.
 *
 * <p>Each set is built greedily: it begins with a pair that no set has yet, and gives each further
 * option, in random order, the value that adds the most such pairs.
 */
final class PairwiseOptions {
    /** The number of sets that are tried for each one that is taken. */
    private static final int TRIES = 20;

    /** A value of an option; without a text, the option is left out. */
    private record Choice(String option, String text) {
        boolean given() {
            return !text.isEmpty();
        }
    }

    private record Pair(Choice first, Choice second) {}

    private final Random random;
    private final List<List<Choice>> choices = new ArrayList<>();
    private final Set<Pair> missing = new LinkedHashSet<>();

    private PairwiseOptions(long seed) {
        random = new Random(seed);
        StackOptions.all().forEach(option -> choices.add(choicesOf(option)));
        for (int first = 0; first < choices.size(); first++) {
            for (int second = first + 1; second < choices.size(); second++) {
                for (Choice one : choices.get(first)) {
                    for (Choice other : choices.get(second)) {
                        if (allowed(List.of(one, other))) {
                            missing.add(new Pair(one, other));
                        }
                    }
                }
            }
        }
    }

    /** Returns the sets for this seed, each by the names of its options. */
    static List<Map<String, Object>> of(long seed) {
        PairwiseOptions pairwise = new PairwiseOptions(seed);
        List<Map<String, Object>> sets = new ArrayList<>();
        while (!pairwise.missing.isEmpty()) {
            List<Choice> best = pairwise.best();
            pairwise.missing.removeAll(pairs(best));
            Map<String, Object> set = new TreeMap<>();
            best.stream()
                    .filter(Choice::given)
                    .forEach(choice -> set.put(choice.option(), choice.text()));
            sets.add(set);
        }
        return List.copyOf(sets);
    }

    private static List<Choice> choicesOf(StackOption<?> option) {
        List<Choice> choices = new ArrayList<>();
        texts(option.type()).forEach(text -> choices.add(new Choice(option.name(), text)));
        if (option.fallback().isEmpty()) {
            choices.add(new Choice(option.name(), ""));
        }
        return choices;
    }

    private static <T> List<String> texts(OptionType<T> type) {
        return type.borders().stream().map(type::write).toList();
    }

    private List<Choice> best() {
        List<Choice> best = List.of();
        int most = 0;
        for (int i = 0; i < TRIES; i++) {
            List<Choice> set = fill(anyMissing());
            int added = added(set);
            if (added > most) {
                most = added;
                best = set;
            }
        }
        return best;
    }

    private Pair anyMissing() {
        return missing.stream().skip(random.nextInt(missing.size())).findFirst().orElseThrow();
    }

    private List<Choice> fill(Pair first) {
        List<Choice> set = new ArrayList<>(List.of(first.first(), first.second()));
        List<List<Choice>> others = new ArrayList<>(choices);
        Collections.shuffle(others, random);
        for (List<Choice> of : others) {
            if (set.stream().noneMatch(of::contains)) {
                set.add(next(set, of));
            }
        }
        return set;
    }

    /**
     * Returns the allowed choice that is in the most missing pairs with those made before. An
     * option for whose values the environment of a function has no room any more is left out.
     */
    private Choice next(List<Choice> set, List<Choice> of) {
        Choice best = new Choice(of.getFirst().option(), "");
        int most = -1;
        for (Choice choice : of) {
            List<Choice> with = new ArrayList<>(set);
            with.add(choice);
            int added = (int) set.stream().filter(other -> isMissing(other, choice)).count();
            if (added > most && allowed(with)) {
                most = added;
                best = choice;
            }
        }
        return best;
    }

    private boolean isMissing(Choice one, Choice other) {
        return missing.contains(new Pair(one, other)) || missing.contains(new Pair(other, one));
    }

    private int added(List<Choice> set) {
        Set<Pair> pairs = new HashSet<>(pairs(set));
        pairs.retainAll(missing);
        return pairs.size();
    }

    private static Set<Pair> pairs(List<Choice> set) {
        Set<Pair> pairs = new HashSet<>();
        for (Choice one : set) {
            for (Choice other : set) {
                if (!one.equals(other)) {
                    pairs.add(new Pair(one, other));
                }
            }
        }
        return pairs;
    }

    private static boolean allowed(List<Choice> set) {
        Map<String, String> given = new TreeMap<>();
        set.stream()
                .filter(Choice::given)
                .forEach(choice -> given.put(choice.option(), choice.text()));
        try {
            return !StackSettings.of(given).given().isEmpty() || given.isEmpty();
        } catch (IllegalArgumentException excluded) {
            return false;
        }
    }
}
