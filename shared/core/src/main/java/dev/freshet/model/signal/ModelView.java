package dev.freshet.model.signal;

import dev.freshet.model.basket.BasketTables;
import dev.freshet.model.basket.Baskets;
import dev.freshet.model.basket.CoOccurrence;
import dev.freshet.model.basket.NextItems;
import dev.freshet.model.basket.SessionWalk;
import dev.freshet.model.basket.Transitions;
import dev.freshet.model.blend.BlendState;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.memory.LongMemory;
import dev.freshet.model.popularity.Counts;
import dev.freshet.model.popularity.Popularity;
import dev.freshet.model.popularity.RecentInteractions;
import dev.freshet.model.popularity.ScopedCounts;
import dev.freshet.model.rating.Ratings;
import dev.freshet.model.sums.ItemAudience;
import dev.freshet.model.vectors.Content;
import dev.freshet.model.vectors.Embeddings;
import dev.freshet.model.vectors.Factors;
import java.time.Instant;
import java.util.Set;

/**
 * The parts of a model that signals and learners read. A model implements it, so that neither
 * imports the model itself.
 */
public interface ModelView {
    /** Returns the items by dense index. */
    ItemTable items();

    /** Returns the decayed and undecayed counts of each item, whether visible or not. */
    Counts counts();

    /** Returns the decayed counts of each item by country and device, whether visible or not. */
    ScopedCounts scoped();

    /** Returns the baskets by pseudonym. */
    Baskets baskets();

    /** Returns how often each item was shown and clicked, whether visible or not. */
    ItemAudience audience();

    /** Returns the latest interactions over all users. */
    RecentInteractions recent();

    /** Returns the tables by which entries of baskets weigh. */
    BasketTables tables();

    default CoOccurrence coOccurrence() {
        return new CoOccurrence(items(), baskets(), tables(), visibility().people());
    }

    default NextItems nextItems() {
        return new NextItems(items(), baskets(), tables(), visibility().people());
    }

    default SessionWalk sessionWalk() {
        return new SessionWalk(items(), baskets(), visibility().people());
    }

    default Transitions transitions() {
        return new Transitions(baskets(), visibility().people());
    }

    Content content();

    /** Returns the neighbours of items over the whole history, as far as they are loaded. */
    LongMemory longMemory();

    Embeddings embeddings();

    /**
     * Returns the items nearest to a direction by embeddings, best first, by cosine.
     *
     * @param own items to leave out
     */
    ItemScores alike(Embeddings.Profile direction, int[] own, int limit);

    /** Returns the items nearest to another one by embeddings, best first, by cosine. */
    ItemScores alike(int item, int limit);

    Factors factors();

    /** Returns which counts are visible to others than those who were counted. */
    Popularity.Visibility visibility();

    /** Returns the most popular and the trending items of each scope. */
    Popularity popularity();

    Ratings ratings();

    /** Returns the names of the sources and signals that are left out; none in a stack. */
    Set<String> leftOut();

    /** Returns the learned weights of the signals. */
    BlendState blend();

    /**
     * Returns how often an item was shown on a day at a place that was drawn among new items.
     *
     * @param day since 1970-01-01 in UTC; of any but the newest one nothing is known
     */
    int shownAsNewcomer(int day, int item);

    /** Returns the latest corrected event time that was applied; the epoch before any. */
    Instant clock();

    /** Returns the number of users with a basket. */
    int users();

    /** Returns the number of basket entries of all users. */
    int entries();
}
