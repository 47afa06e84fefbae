package dev.freshet.model.vectors;

import dev.freshet.example.Example;
import dev.freshet.model.Examples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Users of a few tastes: a user takes items of the own taste, and one in eight of any. Each taste
 * has forty items, all with the taste's tag, half of them with a second one, and one in three of
 * all items has the tag {@code new}.
 */
public final class TasteWorld {
    private static final int ITEMS_EACH = 40;

    private final int tastes;
    private final int users;
    private final Random random;
    private final Examples examples = new Examples();

    public TasteWorld(int tastes, int users, long seed) {
        this.tastes = tastes;
        this.users = users;
        random = new Random(seed);
    }

    int taste(long user) {
        return (int) (user % tastes);
    }

    public List<Example> catalogue() {
        List<Example> items = new ArrayList<>();
        for (int item = 0; item < tastes * ITEMS_EACH; item++) {
            List<String> tags = new ArrayList<>(List.of("taste-" + item / ITEMS_EACH));
            if (item % 2 == 0) {
                tags.add("half-" + item / ITEMS_EACH);
            }
            if (item % 3 == 0) {
                tags.add("new");
            }
            items.add(Examples.item("i" + item, 1, tags));
        }
        return items;
    }

    /** Returns what happens on one day. */
    public List<Example> day(int day, int interactions) {
        List<Example> all = new ArrayList<>();
        for (int turn = 0; turn < interactions; turn++) {
            long user = random.nextInt(users);
            int taste = random.nextInt(8) == 0 ? random.nextInt(tastes) : taste(user);
            int item = taste * ITEMS_EACH + random.nextInt(ITEMS_EACH);
            all.add(
                    examples.interaction(
                            user,
                            "i" + item,
                            Duration.ofDays(day).plusSeconds(turn * 80_000L / interactions)));
        }
        return all;
    }

    Example.Forget forget(long user) {
        return examples.forget(user);
    }
}
