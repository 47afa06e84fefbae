package dev.freshet.candidate;

import dev.freshet.model.Model;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.popularity.HalfLife;
import dev.freshet.model.popularity.Scope;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Popular and trending lists, which are the same for all readers: each is kept until the model or
 * the second changes. Only the choice of candidates comes from here; their signals are worked out
 * at the very moment. Safe for many threads; {@value #MOST} lists of ≤ 500 items at most, and no
 * model is kept alive by them.
 */
final class SharedLists {
    private static final int MOST = 500;

    private record Key(Scope scope, @Nullable HalfLife halfLife, int limit) {}

    private record Kept(WeakReference<Model> model, long second, ItemScores list) {
        boolean holds(RequestContext visit) {
            return second == visit.now().getEpochSecond() && model.refersTo(visit.model());
        }
    }

    private final Map<Key, Kept> lists = new ConcurrentHashMap<>();

    ItemScores trending(RequestContext visit, Scope scope, int limit) {
        return list(visit, new Key(scope, null, limit));
    }

    ItemScores top(RequestContext visit, Scope scope, HalfLife halfLife, int limit) {
        return list(visit, new Key(scope, halfLife, limit));
    }

    private ItemScores list(RequestContext visit, Key key) {
        Kept kept = lists.get(key);
        if (kept != null && kept.holds(visit)) {
            return kept.list;
        }
        ItemScores list = workOut(visit, key);
        if (lists.size() >= MOST) {
            lists.clear();
        }
        lists.put(
                key,
                new Kept(new WeakReference<>(visit.model()), visit.now().getEpochSecond(), list));
        return list;
    }

    private static ItemScores workOut(RequestContext visit, Key key) {
        return key.halfLife == null
                ? visit.model().popularity().trending(key.scope, visit.now(), key.limit)
                : visit.model().popularity().top(key.scope, key.halfLife, visit.now(), key.limit);
    }
}
