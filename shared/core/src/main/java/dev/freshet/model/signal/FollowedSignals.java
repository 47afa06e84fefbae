package dev.freshet.model.signal;

import dev.freshet.catalog.Item;
import dev.freshet.event.Target;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import dev.freshet.profile.AttributeRules.StatedInterest;
import java.util.List;

/**
 * Items by an author, or under a tag, that the user follows, and items of the interests that the
 * site states of the user. Costs no preparation.
 */
public final class FollowedSignals extends SignalFamily {
    public static final Source SOURCE = new Source(9, "followed");

    /**
     * 1 where the user follows the item's author or one of its tags, or the item is of interest.
     */
    public static final Signal FOLLOWED =
            Signal.of(24, "followed", SOURCE, 1f, 1f, 1f).leastUnit(0.1f);

    FollowedSignals() {
        super(SOURCE, Lead.ACTION, FOLLOWED);
    }

    @Override
    public boolean findsCandidates() {
        return false;
    }

    @Override
    public ReasonMessage reason(ReasonMessage.Facts facts) {
        Preferences preferences = facts.context().preferences();
        String author = facts.item().author();
        if (author != null && preferences.authors().contains(author)) {
            return ReasonMessage.about("followed.author", author);
        }
        return facts.item().tags().stream()
                .filter(preferences.tags()::contains)
                .findFirst()
                .map(tag -> ReasonMessage.about("followed.tag", tag))
                .or(
                        () ->
                                preferences.interests().stream()
                                        .flatMap(interest -> interest.in(facts.item()).stream())
                                        .findFirst()
                                        .map(
                                                value ->
                                                        ReasonMessage.about(
                                                                "followed.interest", value)))
                .orElse(ReasonMessage.of("followed"));
    }

    @Override
    public Prepared prepare(SignalContext context) {
        return new OfRequest(context);
    }

    private static final class OfRequest extends Prepared {
        OfRequest(SignalContext context) {
            super(context);
        }

        @Override
        public void fill(ItemFacts item, float[] vector) {
            vector[FOLLOWED.at()] =
                    follows(item.properties()) > 0 || isOfInterest(item.properties()) ? 1 : 0;
        }

        private boolean isOfInterest(Item item) {
            for (StatedInterest interest : preferences.interests()) {
                if (interest.in(item).isPresent()) {
                    return true;
                }
            }
            return false;
        }

        /** Returns how many of the item's author and tags the user follows. */
        private int follows(Item item) {
            int follows = 0;
            if (item.author() != null && preferences.authors().contains(item.author())) {
                follows++;
            }
            for (String tag : item.tags()) {
                follows += preferences.tags().contains(tag) ? 1 : 0;
            }
            return follows;
        }

        /**
         * Where the user follows two names of the item, or it is of interest, it would be followed
         * without either.
         */
        @Override
        public List<Attributors.Attributor> attributors(
                List<Ablation> ablations, int[] candidates) {
            return List.of(
                    (at, losses) -> {
                        Item candidate = model.items().item(candidates[at]);
                        int follows = isOfInterest(candidate) ? 2 : follows(candidate);
                        for (int action = 0; action < ablations.size() && follows > 0; action++) {
                            Ablation ablation = ablations.get(action);
                            if (ablation.isFollow()
                                    && bears(candidate, ablation.action().target())) {
                                losses.add(FOLLOWED, action, follows == 1 ? 1 : 0);
                                losses.support(FOLLOWED, action, 1);
                            }
                        }
                    });
        }

        private static boolean bears(Item candidate, Target target) {
            return switch (target.kind()) {
                case AUTHOR -> target.id().equals(candidate.author());
                case TAG -> candidate.tags().contains(target.id());
                case ITEM, NONE -> false;
            };
        }
    }
}
