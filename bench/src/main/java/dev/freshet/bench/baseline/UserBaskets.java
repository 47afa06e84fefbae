package dev.freshet.bench.baseline;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Baskets that {@link VsKnn} and {@link Stan} compare, with an inverted index by item. */
final class UserBaskets {
    /**
     * Inactivity after which a person's next interaction begins a new session, if the data set has
     * no sessions.
     */
    static final Duration SESSION_GAP = Duration.ofMinutes(30);

    private static final int NONE = -1;

    /** Unit of a basket. */
    enum Unit {
        SESSION("sessions"),
        PERSON("people");

        private final String text;

        Unit(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private final Unit unit;
    private final Histories contents = new Histories();
    private final Sequences holders;
    private final int[] holding;
    private final Map<Integer, Open> open = new HashMap<>();
    private int[] lastActive = new int[16];
    private long[] lastSecond = new long[16];
    private int steps;
    private int sessions;

    /** A person's running session. */
    private record Open(int basket, int session) {}

    /**
     * Creates empty baskets.
     *
     * @param sample minimum number of an item's most recent holders that are kept
     */
    UserBaskets(int items, Unit unit, int sample) {
        this.unit = unit;
        holders = new Sequences(sample);
        holding = new int[items];
    }

    /** Returns the number of baskets, which are numbered from 0. */
    int count() {
        return contents.owners();
    }

    /** Returns the basket's items, oldest first. */
    int[] items(int basket) {
        return contents.items(basket);
    }

    boolean holds(int basket, int item) {
        return contents.holds(basket, item);
    }

    /** Returns the step at which the basket last received an item; higher is more recent. */
    int lastActive(int basket) {
        return lastActive[basket];
    }

    /** Returns when the basket last received an item, in seconds since 1970. */
    long lastSecond(int basket) {
        return lastSecond[basket];
    }

    /** Returns the number of baskets to which the item was added, those no longer kept too. */
    int holding(int item) {
        return holding[item];
    }

    int holderCount(int item) {
        return holders.length(item);
    }

    /**
     * Returns the baskets that contain the item, the most recent last, up to {@link #holderCount}.
     */
    int[] holders(int item) {
        return holders.of(item);
    }

    /** Returns the basket to which the interaction would be added, or −1 if it begins a new one. */
    int current(FirstInteraction interaction) {
        if (unit == Unit.PERSON) {
            return interaction.person() < contents.owners() ? interaction.person() : NONE;
        }
        Open running = open.get(interaction.person());
        if (running == null || running.session() != interaction.session()) {
            return NONE;
        }
        long silent = interaction.at().getEpochSecond() - lastSecond[running.basket];
        boolean over =
                interaction.session() == FirstInteraction.NO_SESSION
                        && silent > SESSION_GAP.toSeconds();
        return over ? NONE : running.basket();
    }

    /** Adds the interaction and returns its basket. */
    int learn(FirstInteraction interaction) {
        int basket = current(interaction);
        if (basket == NONE) {
            basket = unit == Unit.PERSON ? interaction.person() : sessions++;
        }
        if (unit == Unit.SESSION) {
            open.put(interaction.person(), new Open(basket, interaction.session()));
        }
        if (contents.add(basket, interaction.item())) {
            holders.add(interaction.item(), basket);
            holding[interaction.item()]++;
        }
        if (basket >= lastActive.length) {
            int size = Math.max(basket + 1, 2 * lastActive.length);
            lastActive = Arrays.copyOf(lastActive, size);
            lastSecond = Arrays.copyOf(lastSecond, size);
        }
        lastActive[basket] = ++steps;
        lastSecond[basket] = interaction.at().getEpochSecond();
        return basket;
    }
}
