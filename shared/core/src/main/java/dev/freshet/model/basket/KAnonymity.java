package dev.freshet.model.basket;

import dev.freshet.model.part.CountryDevice;
import dev.freshet.model.popularity.Popularity;
import dev.freshet.model.popularity.Scope;

/**
 * The rule that what people did is visible to others from k different people on. The people of an
 * item are the baskets that hold it with positive strength; those of a country or device are the
 * ones whose latest counted interaction with the item was there. A tag has the people of its items.
 *
 * <p>Source: Sweeney, "k-anonymity: a model for protecting privacy", 2002; here as a threshold of
 * contributors, as statistical offices apply it to the cells of tables.
 *
 * @param k at least 1, where 1 shows everything
 */
public record KAnonymity(Baskets baskets, int k) implements Popularity.Visibility {
    @Override
    public int people() {
        return k;
    }

    @Override
    public boolean shows(int item) {
        return k == 1 || baskets.hasPeople(item, k);
    }

    @Override
    public boolean shows(int item, Scope scope) {
        return k == 1
                || switch (scope.kind()) {
                    case ALL, TAG -> baskets.hasPeople(item, k);
                    case COUNTRY ->
                            baskets.hasPeople(item, CountryDevice.of(scope.value(), null), k);
                    case DEVICE ->
                            baskets.hasPeople(item, CountryDevice.of(null, scope.value()), k);
                };
    }
}
