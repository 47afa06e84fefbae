package dev.freshet.model.sums;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bytes.ByteSink;
import dev.freshet.bytes.ByteSource;
import dev.freshet.enrolment.Enrolment.GroupKind;
import dev.freshet.model.sums.BucketSums.Column;
import org.junit.jupiter.api.Test;

class ExperimentsFormTest {
    private static final int COLUMNS = Column.values().length;

    /** Returns the bytes of one experiment of an arm, as they are without groups. */
    private static byte[] withoutGroups() {
        ByteSink out = new ByteSink(1 << 12);
        out.varint(1);
        out.text("home");
        out.varint(3);
        out.put(1);
        out.text("home-1");
        out.varint(604_800);
        out.put(0);
        out.text("{}");
        out.varint(0);
        out.varint(1);
        out.text("home");
        out.text("home-1");
        out.varint(2);
        out.varint(1);
        out.text("control");
        out.varint(COLUMNS);
        for (int at = 0; at < COLUMNS * BucketSums.BUCKETS; at++) {
            out.zigzag(at % 5);
        }
        out.varint(0);
        return out.toBytes();
    }

    @Test
    void sumsWithoutGroupsAreReadAndWrittenAsBefore() {
        byte[] before = withoutGroups();
        ExperimentOutcomes read = ExperimentsForm.EXPERIMENTS.read(new ByteSource(before));

        assertThat(read.sums("home").of("control").get(1, Column.LISTS)).isEqualTo(257 % 5);
        assertThat(read.sums("home").crossed()).isEqualTo(2);
        for (GroupKind kind : GroupKind.values()) {
            assertThat(read.sums("home").groups(kind)).isEmpty();
        }
        ByteSink again = new ByteSink(1 << 12);
        ExperimentsForm.EXPERIMENTS.write(read, again);
        assertThat(again.toBytes()).isEqualTo(before);
    }
}
