package dev.freshet.model.learn;

import dev.freshet.event.Context;
import dev.freshet.example.Example;
import dev.freshet.example.ListCredit;
import dev.freshet.model.basket.Baskets;
import dev.freshet.model.basket.CountedEvents;
import dev.freshet.model.blend.BlendState;
import dev.freshet.model.blend.Choice;
import dev.freshet.model.blend.Draws;
import dev.freshet.model.blend.Stacking;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.rows.NaturalLog;
import dev.freshet.model.signal.ModelView;
import dev.freshet.model.signal.NewItemSignals;
import dev.freshet.model.signal.Signals;
import dev.freshet.profile.AttributeRules.Cohort;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Makes a {@link Choice} of a user's interaction with an item and updates the blend by it, before
 * the interaction is counted: score first, then learn. The items that were not chosen are {@link
 * Negatives}, the user's own items among them: coming back to one is a choice like any other.
 *
 * <p>Where the list is known that the user chose from, nothing but its items is learned from:
 * nothing else could be chosen, and what was shown was shown because the blend scored it high, so
 * comparing it with what was not shown would teach the blend its own opinion. The effect of a
 * position goes to a signal of its own, which is zero when items are ranked.
 *
 * <p>Lists teach when they are shown, as if nothing were taken, and again when something is. Only
 * lists of users who did something before teach so; the first choice of a user is compared with the
 * other items of its list.
 */
public final class BlendLearner {
    /** Cost of reading the signals of one item, in units of work. */
    private static final long PER_ITEM = 60;

    /** Cost of one choice besides its signals, in units of work. */
    private static final long AT_LEAST = 1_000;

    /**
     * One in this many repeats is learned from, and counts for all of them: their budget is a part
     * of that of first interactions.
     */
    private static final int REPEATS = 4;

    private static final Stacking STACKING = new Stacking(Stacking.Settings.DEFAULT);

    private final ModelView live;
    private final BlendState.Draft blend;
    private final Preferences preferences;
    private final IntIndex excluded;
    private final IntIndex own;

    private BlendLearner(
            ModelView live,
            BlendState.Draft blend,
            int[] basket,
            int[] earlier,
            Stream<Integer> cohorts) {
        this.live = live;
        this.blend = blend;
        preferences =
                Preferences.of(basket, CountedEvents.days(basket, earlier))
                        .of(cohorts.map(id -> new Cohort("", id)).toList(), List.of());
        excluded = new IntIndex(BasketEntries.size(basket));
        for (int at = 0; at < BasketEntries.size(basket); at++) {
            excluded.orderOrInsert(BasketEntries.item(basket, at));
        }
        own = preferences.ranks();
    }

    /**
     * Earns budget, and learns if enough of it is left and there is something to learn.
     *
     * @param weight what the interaction weighs among others; nothing is learned from one of 0
     */
    public static void learn(
            Example.Interaction interaction,
            double weight,
            Supplier<ModelView> peek,
            BlendState.Draft blend) {
        blend.earn();
        if (interaction.strength() <= 0 || weight == 0 || !blend.affords()) {
            return;
        }
        ModelView live = peek.get();
        int taken = live.items().index(interaction.target().id());
        if (taken < 0) {
            return;
        }
        Baskets baskets = live.baskets();
        int slot = baskets.slot(interaction.user());
        int[] basket = slot < 0 ? BasketEntries.NONE : baskets.basket(slot);
        int known = BasketEntries.find(basket, taken);
        if (known >= 0 && !BasketEntries.positive(basket, known)) {
            return;
        }
        int[] earlier = slot < 0 ? BasketEntries.NONE : baskets.earlier(slot);
        BlendLearner learner =
                new BlendLearner(
                        live, blend, basket, earlier, interaction.standing().cohorts().stream());
        if (known < 0 || learner.own.order(taken) >= 0) {
            learner.learn(interaction, taken, weight);
        }
    }

    /** Learns that a list was shown to a user who did something before. */
    public static void shown(
            Example.Exposure list, Supplier<ModelView> peek, BlendState.Draft blend) {
        blend.earn();
        if (list.places().isEmpty() || !blend.hasListCredit() || !blend.affords()) {
            return;
        }
        ModelView live = peek.get();
        int slot = live.baskets().slot(list.user());
        int[] basket = slot < 0 ? BasketEntries.NONE : live.baskets().basket(slot);
        if (BasketEntries.size(basket) > 0) {
            new BlendLearner(
                            live,
                            blend,
                            basket,
                            live.baskets().earlier(slot),
                            Arrays.stream(live.baskets().cohorts(slot)).boxed())
                    .learn(list);
        }
    }

    private void learn(Example.Exposure list) {
        Signals signals = signals(list.seen());
        List<String> ids = listed(list);
        Negatives items = Negatives.shown(live, excluded, own, Negatives.NONE_TAKEN, ids);
        blend.spend(AT_LEAST + signals.work());
        if (items.items().size() > 0) {
            Choice choice = choice(signals, items, ids);
            STACKING.shown(choice, blend);
            blend.spend((PER_ITEM + signals.workPerItem()) * choice.size());
        }
    }

    /**
     * Returns the ids of a list by position, as far down as an interaction names its list. A place
     * that the page did not show is empty.
     */
    private static List<String> listed(Example.Exposure list) {
        String[] ids = new String[Example.Interaction.MAX_LISTED];
        Arrays.fill(ids, "");
        int size = 0;
        for (Example.Exposure.Place place : list.places()) {
            if (place.position() < ids.length) {
                ids[place.position()] = place.itemId();
                size = Math.max(size, place.position() + 1);
            }
        }
        return List.of(ids).subList(0, size);
    }

    private void learn(Example.Interaction interaction, int taken, double weight) {
        List<String> list = interaction.list();
        IntUnaryOperator ofRepeats = chance(interaction);
        boolean again = own.order(taken) >= 0;
        boolean onRepeats = list.isEmpty() && blend.affordsRepeats(ofRepeats);
        boolean sampled = again && list.isEmpty();
        if (sampled && (!onRepeats || ofRepeats.applyAsInt(REPEATS) > 0)) {
            return;
        }
        Signals signals = signals(interaction.context());
        Negatives some =
                list.isEmpty()
                        ? Negatives.candidates(
                                live, signals, excluded, taken, again ? ofRepeats : blend::draw)
                        : Negatives.shown(live, excluded, own, taken, list);
        long perItem = PER_ITEM + signals.workPerItem();
        long work = AT_LEAST + signals.work() + (some == null ? 0 : perItem * some.items().size());
        if (again) {
            blend.spendOnRepeats(work);
        } else {
            blend.spend(work);
        }
        if (some != null && onRepeats) {
            int before = some.items().size();
            some.withOwn(preferences.items(), ofRepeats);
            blend.spendOnRepeats(perItem * (some.items().size() - before));
        }
        if (some != null) {
            Choice choice = choice(signals, some, list);
            if (taughtWhenShown(interaction)) {
                STACKING.taken(choice, weight, blend);
            } else {
                STACKING.learn(choice, sampled ? weight * REPEATS : weight, blend);
            }
        }
    }

    /**
     * Returns what draws the candidates that concern repeats. It depends on the interaction alone,
     * so that the draws among new items do not depend on repeats.
     */
    private static IntUnaryOperator chance(Example.Interaction interaction) {
        return new Draws(interaction.user().bits() ^ interaction.at().getEpochSecond())::below;
    }

    /** Returns whether the list of an interaction has arrived before, of a user known before. */
    private boolean taughtWhenShown(Example.Interaction interaction) {
        ListCredit credit = interaction.credit();
        return excluded.size() > 0
                && !interaction.list().isEmpty()
                && credit != null
                && credit.attributed()
                && credit.seen();
    }

    private Choice choice(Signals signals, Negatives some, List<String> list) {
        int size = some.items().size();
        float[][] vectors = new float[size][];
        int[] classes = new int[size];
        for (int at = 0; at < size; at++) {
            int item = some.items().key(at);
            vectors[at] = signals.of(item);
            classes[at] = signals.itemClass(item);
            if (!list.isEmpty()) {
                vectors[at][NewItemSignals.POSITION.at()] = place(list, item);
            }
        }
        return new Choice(signals.bucket(), size, vectors, classes, some.stands());
    }

    private float place(List<String> ids, int item) {
        return (float) NaturalLog.of(1 + Math.max(0, ids.indexOf(live.items().id(item))));
    }

    private Signals signals(Context context) {
        // not when it was met: the counts are of the model's own time, and have no bound before it
        return Signals.of(live, preferences, context, live.clock());
    }
}
