package dev.freshet.recommend;

import dev.freshet.example.Pseudonym;
import dev.freshet.features.Interactions;
import dev.freshet.model.Model;
import dev.freshet.model.basket.BasketTables;
import dev.freshet.model.basket.Baskets;
import dev.freshet.model.basket.SimilarBaskets;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.vectors.Segment;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import dev.freshet.recommend.UserGroup.GroupCounts;
import dev.freshet.recommend.UserGroup.Untold;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The flow that describes the people who are like a user and names none of them: profiles → rows →
 * the most similar baskets of the model → what they have in common. The model knows pseudonyms
 * only, and no pseudonym leaves it. Safe for many threads.
 *
 * <p>Costs a get for the user's profile and for each of at most {@value UserProfile#READ_ALIASES}
 * aliases, and a query for each of these ids. A store that is late is waited for, and one that is
 * down is a failure: unlike a list, a description from half of the history would be wrong.
 *
 * @param pseudonyms returns the pseudonym of a stored id
 * @param model returns the newest model; called once a request
 */
public record SimilarUsers(
        Interactions interactions,
        Users users,
        Function<String, Pseudonym> pseudonyms,
        Supplier<ServedModel> model) {
    /** Least number of people in a group that is described. No stack has a larger k. */
    static final int LEAST_PEOPLE = ModelSettings.MAX_K_ANONYMITY;

    /**
     * Describes the people who are like a user.
     *
     * @param userId the id that is stored
     * @param most entries of each list of the description
     */
    public UserGroup describe(String userId, int most) {
        UserProfile profile = users.get(userId);
        List<String> ids = new ArrayList<>(List.of(userId));
        ids.addAll(profile.latestAliases());
        List<UserProfile> others = new ArrayList<>();
        profile.latestAliases().forEach(alias -> others.add(users.get(alias)));
        String owner = profile.aliasOf();
        if (owner != null) {
            others.add(users.get(owner));
        }
        HydratedUser user =
                HydratedUser.of(
                        profile, others, interactions.latest(ids, Hydrator.MAX_ROWS), List.of());
        ServedModel served = model.get();
        if (!user.personalised()) {
            return UserGroup.untold(served.version(), null, Untold.REFUSED);
        }
        Preferences preferences = Preferences.of(served.model().items(), user.history(), List.of());
        if (preferences.isEmpty()) {
            return UserGroup.untold(served.version(), null, Untold.NO_HISTORY);
        }
        return describe(
                served.model(),
                served.version(),
                preferences,
                own(served.model().baskets(), profile, others),
                most);
    }

    /** Returns the slots of the baskets under any id of the user. */
    private Set<Integer> own(Baskets baskets, UserProfile profile, List<UserProfile> others) {
        Set<String> ids = new HashSet<>(profile.aliases());
        ids.add(profile.userId());
        others.forEach(other -> ids.add(other.userId()));
        Set<Integer> slots = new HashSet<>();
        for (String id : ids) {
            slots.add(baskets.slot(pseudonyms.apply(id)));
        }
        slots.remove(-1);
        return slots;
    }

    /**
     * Describes the people who are like a user of these preferences.
     *
     * @param version of the model
     * @param own slots of the user's own baskets
     * @param most entries of each list of the description
     */
    public static UserGroup describe(
            Model model, long version, Preferences preferences, Set<Integer> own, int most) {
        Segment segment = model.segments().of(preferences);
        int k = model.settings().kAnonymity();
        int[] group =
                new SimilarBaskets(model.baskets(), BasketTables.of(model.settings().baskets()), k)
                        .to(preferences, own);
        if (group.length < LEAST_PEOPLE) {
            return UserGroup.untold(version, segment, Untold.TOO_FEW_PEOPLE);
        }
        GroupCounts counts = new GroupCounts(model);
        for (int slot : group) {
            counts.add(model.baskets().basket(slot));
        }
        return counts.disclosed(version, group.length, most, segment);
    }
}
