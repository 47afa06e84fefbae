package dev.freshet.model.vectors;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The adjusted Rand index of two partitions (Hubert, Arabie 1985): 1 if equal, 0 by chance. */
final class RandIndex {
    private RandIndex() {}

    static double adjusted(Map<Long, Integer> a, Map<Long, Integer> b) {
        Map<List<Integer>, Integer> both = new HashMap<>();
        Map<Integer, Integer> ofA = new HashMap<>();
        Map<Integer, Integer> ofB = new HashMap<>();
        a.forEach(
                (user, one) -> {
                    int other = b.getOrDefault(user, -1);
                    both.merge(List.of(one, other), 1, Integer::sum);
                    ofA.merge(one, 1, Integer::sum);
                    ofB.merge(other, 1, Integer::sum);
                });
        double pairs = a.size() * (a.size() - 1.0) / 2;
        double expected = pairs(ofA) * pairs(ofB) / pairs;
        double most = (pairs(ofA) + pairs(ofB)) / 2;
        return most == expected ? 1 : (pairs(both) - expected) / (most - expected);
    }

    private static double pairs(Map<?, Integer> sizes) {
        return sizes.values().stream().mapToDouble(size -> size * (size - 1.0) / 2).sum();
    }
}
