package dev.freshet.model.signal;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.popularity.HalfLife;
import dev.freshet.model.popularity.Scope;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Popular and trending lists, which are the same for all users: each is kept until the model or the
 * second changes. Only the choice of candidates comes from here; their signals are computed for the
 * present moment. Safe for many threads; at most {@value #MOST} lists of 500 items, and no model is
 * kept alive by them.
 */
final class SharedLists {
    private static final int MOST = 500;

    private record Key(Scope scope, @Nullable HalfLife halfLife, int limit) {}

    private record Kept(WeakReference<ModelView> model, long second, ItemScores list) {
        boolean holds(SignalContext request) {
            return second == request.now().getEpochSecond() && model.refersTo(request.model());
        }
    }

    private final Map<Key, Kept> lists = new ConcurrentHashMap<>();

    ItemScores trending(SignalContext request, Scope scope, int limit) {
        return list(request, new Key(scope, null, limit));
    }

    ItemScores top(SignalContext request, Scope scope, HalfLife halfLife, int limit) {
        return list(request, new Key(scope, halfLife, limit));
    }

    private ItemScores list(SignalContext request, Key key) {
        Kept kept = lists.get(key);
        if (kept != null && kept.holds(request)) {
            return kept.list;
        }
        ItemScores list = workOut(request, key);
        if (lists.size() >= MOST) {
            lists.clear();
        }
        lists.put(
                key,
                new Kept(
                        new WeakReference<>(request.model()),
                        request.now().getEpochSecond(),
                        list));
        return list;
    }

    private static ItemScores workOut(SignalContext request, Key key) {
        return key.halfLife == null
                ? request.model().popularity().trending(key.scope, request.now(), key.limit)
                : request.model()
                        .popularity()
                        .top(key.scope, key.halfLife, request.now(), key.limit);
    }
}
