package dev.freshet.bench.jmh;

import dev.freshet.event.ShardPosition;
import dev.freshet.example.Example;
import dev.freshet.example.ListCredit;
import dev.freshet.example.ListCredit.OutcomeKind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Turns interactions into the examples of a site that makes its users' lists: {@value #OF_TEN} in
 * ten become lists shown, and the others are clicks on such a list.
 */
final class ShownLists {
    private static final int OF_TEN = 4;
    private static final int LENGTH = 10;
    private static final int DAY = 20_000;

    private final SplittableRandom random = new SplittableRandom(1);
    private final List<String> items = new ArrayList<>();
    private long lists;

    /** Returns as many examples as there are interactions, in their order. */
    List<Example> of(List<Example> interactions) {
        List<Example> examples = new ArrayList<>(interactions.size());
        for (Example example : interactions) {
            if (example instanceof Example.Interaction interaction) {
                items.add(interaction.target().id());
                examples.add(
                        random.nextInt(10) < OF_TEN ? shown(interaction) : clicked(interaction));
            }
        }
        return examples;
    }

    private Example shown(Example.Interaction interaction) {
        List<Example.Exposure.Place> places = new ArrayList<>();
        for (String item : list(interaction)) {
            places.add(new Example.Exposure.Place(item, places.size(), 1, false));
        }
        return Example.Exposure.of(
                new ShardPosition("events/lists", BigInteger.valueOf(++lists)),
                interaction.user(),
                24 * DAY,
                "home",
                List.of(),
                places);
    }

    private Example clicked(Example.Interaction interaction) {
        ListCredit click =
                new ListCredit(
                        OutcomeKind.CLICK,
                        new ListCredit.ListPlace(true, "home", List.of(), 24 * DAY, 0, 1),
                        true,
                        true,
                        0,
                        null,
                        List.of());
        return interaction.inList(list(interaction)).credited(click);
    }

    private List<String> list(Example.Interaction interaction) {
        Set<String> list = new LinkedHashSet<>();
        list.add(interaction.target().id());
        for (int tries = 2 * LENGTH; tries > 0 && list.size() < LENGTH; tries--) {
            list.add(items.get(random.nextInt(items.size())));
        }
        return List.copyOf(list);
    }
}
