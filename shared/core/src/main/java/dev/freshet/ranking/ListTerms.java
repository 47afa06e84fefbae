package dev.freshet.ranking;

import dev.freshet.query.Boost;
import java.util.List;

/**
 * What a list of candidates is to be.
 *
 * @param boosts of the request, of the user's arms and of named rules
 * @param places most items of the list
 * @param diversity λ, 0 (by score alone) to 1
 * @param rules by which places are given
 * @param shadows evaluated on this list, at most {@value ShadowPolicy#MOST}; left out where no
 *     place is drawn among all
 */
public record ListTerms(
        List<Boost> boosts,
        int places,
        double diversity,
        ResolvedRules rules,
        List<ShadowPolicy> shadows) {
    public ListTerms {
        boosts = List.copyOf(boosts);
        shadows = List.copyOf(shadows);
    }
}
