package dev.freshet.local.mapping;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which shards may be read: after a reshard the parents drain first, else a key's newer records
 * would overtake its older ones.
 */
public final class Lineage {

    private Lineage() {}

    /**
     * A shard as the stream lists it.
     *
     * @param id such as {@code shardId-000000000000}
     * @param parents none, one after a split, two after a merge
     */
    public record Shard(String id, List<String> parents) {
        public Shard {
            parents = List.copyOf(parents);
        }
    }

    /**
     * The unfinished shards whose parents are all finished, or have left the stream (their records
     * have expired), in the order of the listing.
     *
     * @param finished shards read to their end
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
