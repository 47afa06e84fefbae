package dev.freshet.local.mapping;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Order of reading shards after a reshard: parents are read to their end first, otherwise newer
 * records of a key could overtake older ones.
 */
public final class Lineage {

    private Lineage() {}

    /**
     * A shard as the stream lists it.
     *
     * @param id such as {@code shardId-000000000000}
     * @param parents empty, or one id after a split, two after a merge
     */
    public record Shard(String id, List<String> parents) {
        public Shard {
            parents = List.copyOf(parents);
        }
    }

    /**
     * Returns, in the order of the listing, the unfinished shards whose parents are all finished or
     * no longer in the stream because their records have expired.
     *
     * @param finished ids of shards that were read to their end
     */
    public static List<Shard> readable(List<Shard> listed, Set<String> finished) {
        Set<String> open = new HashSet<>();
        for (Shard shard : listed) {
            if (!finished.contains(shard.id())) {
                open.add(shard.id());
            }
        }
        List<Shard> readable = new ArrayList<>();
        for (Shard shard : listed) {
            if (open.contains(shard.id()) && shard.parents().stream().noneMatch(open::contains)) {
                readable.add(shard);
            }
        }
        return readable;
    }
}
