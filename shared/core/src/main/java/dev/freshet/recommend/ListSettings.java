package dev.freshet.recommend;

import dev.freshet.experiment.ArmSettings;
import dev.freshet.query.Filter;
import dev.freshet.query.Filter.Boost;
import dev.freshet.query.ListRules;
import dev.freshet.query.RecommendationQuery;
import dev.freshet.ranking.Blend;
import dev.freshet.ranking.Ranking;
import dev.freshet.ranking.ShadowPolicy;
import dev.freshet.ranking.Strategy;
import dev.freshet.ranking.Strategy.ScaledStrategy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the list of a request is made: as for every user of the stack, or with what the arms of a
 * user change.
 *
 * @param strategy how the signals become one score
 * @param weights factors on the weights of sources, by wire name; 1 for one that is left out
 * @param boosts in addition to those of the request
 * @param filters in addition to that of the request
 * @param diversity in place of the request's, 0 to 1; null to keep that
 * @param temperature of the draws of positions, 0 (only newcomers are drawn) to 1
 * @param popularOnly whether the list has popular items without personalisation; then only the
 *     filters count of all other settings
 */
record ListSettings(
        Strategy strategy,
        Map<String, Double> weights,
        List<Boost> boosts,
        List<Filter> filters,
        @Nullable Double diversity,
        double temperature,
        boolean popularOnly) {
    ListSettings {
        weights = Map.copyOf(weights);
        boosts = List.copyOf(boosts);
        filters = List.copyOf(filters);
    }

    /** Returns the settings of users without an arm. */
    static ListSettings usual(Strategy strategy, double temperature) {
        return new ListSettings(strategy, Map.of(), List.of(), List.of(), null, temperature, false);
    }

    /**
     * Returns the settings after those of an arm: boosts and filters are added, everything else
     * that the arm names is replaced.
     */
    ListSettings with(ArmSettings arm) {
        if (arm.equals(ArmSettings.UNCHANGED)) {
            return this;
        }
        Map<String, Double> bothWeights = new HashMap<>(weights);
        bothWeights.putAll(arm.weights());
        List<Filter> bothFilters = new ArrayList<>(filters);
        if (arm.filter() != null) {
            bothFilters.add(arm.filter());
        }
        return new ListSettings(
                arm.strategy() == null || arm.popularOnly()
                        ? strategy
                        : Strategy.of(arm.strategy()).orElseThrow(),
                bothWeights,
                joined(boosts, arm.boosts()),
                bothFilters,
                arm.diversity() == null ? diversity : arm.diversity(),
                arm.temperature() == null ? temperature : arm.temperature(),
                arm.strategy() == null ? popularOnly : arm.popularOnly());
    }

    /** Returns the settings with the filters and boosts of named rules. */
    ListSettings with(Rules rules) {
        if (rules.filters().isEmpty()) {
            return this;
        }
        List<Filter> bothFilters = new ArrayList<>(filters);
        bothFilters.addAll(rules.filters());
        return new ListSettings(
                strategy,
                weights,
                joined(boosts, rules.boosts()),
                bothFilters,
                diversity,
                temperature,
                popularOnly);
    }

    /** Returns the ranking of personalised lists. */
    Ranking ranking() {
        return new Ranking(blend(), temperature);
    }

    /** Returns these settings as those of a shadow of a request's list. */
    ShadowPolicy shadow(RecommendationQuery query) {
        return new ShadowPolicy(blend(), boosts(query), filters, diversity(query), temperature);
    }

    private Blend blend() {
        return new Blend(
                weights.isEmpty() ? strategy : new ScaledStrategy(strategy, weights),
                Blend.WITH_HISTORY);
    }

    /** Returns the boosts of a request and those in addition. */
    List<Boost> boosts(RecommendationQuery query) {
        return boosts.isEmpty() ? query.boosts() : joined(query.boosts(), boosts);
    }

    /** Returns the diversity of the list for a request. */
    double diversity(RecommendationQuery query) {
        return diversity == null ? query.diversity() : diversity;
    }

    /** Returns whether a filter, boost or promotion of a request's list is about its user. */
    boolean namesUser(RecommendationQuery query, ListRules rules) {
        return Filter.namesUser(query.filter())
                || filters.stream().anyMatch(Filter::namesUser)
                || boosts(query).stream().anyMatch(boost -> Filter.namesUser(boost.when()))
                || rules.promotions().stream()
                        .anyMatch(promotion -> Filter.namesUser(promotion.filter()));
    }

    private static List<Boost> joined(List<Boost> some, List<Boost> others) {
        List<Boost> both = new ArrayList<>(some);
        both.addAll(others);
        return both;
    }
}
