package dev.freshet.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.local.mapping.Lineage.Shard;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LineageTest {

    private static final Shard PARENT = new Shard("0", List.of());
    private static final Shard OTHER = new Shard("1", List.of());
    private static final Shard LEFT = new Shard("2", List.of("0"));
    private static final Shard MERGED = new Shard("3", List.of("0", "1"));

    @Test
    void childrenWaitForTheirParents() {
        assertThat(Lineage.readable(List.of(PARENT, LEFT), Set.of())).containsExactly(PARENT);
        assertThat(Lineage.readable(List.of(PARENT, LEFT), Set.of("0"))).containsExactly(LEFT);
    }

    @Test
    void aMergedShardWaitsForBothParents() {
        List<Shard> listed = List.of(PARENT, OTHER, MERGED);

        assertThat(Lineage.readable(listed, Set.of("0"))).containsExactly(OTHER);
        assertThat(Lineage.readable(listed, Set.of("0", "1"))).containsExactly(MERGED);
    }

    @Test
    void anExpiredParentDoesNotBlockItsChildren() {
        assertThat(Lineage.readable(List.of(LEFT), Set.of())).containsExactly(LEFT);
    }
}
