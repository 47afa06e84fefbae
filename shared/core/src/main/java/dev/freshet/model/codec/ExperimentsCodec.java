package dev.freshet.model.codec;

import dev.freshet.example.Example;
import dev.freshet.example.ItemCodec;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.experiment.BucketSums;
import dev.freshet.model.experiment.BucketSums.Column;
import dev.freshet.model.experiment.Definition;
import dev.freshet.model.experiment.Definitions;
import dev.freshet.model.experiment.ExperimentOutcomes;
import dev.freshet.model.experiment.ExperimentSums;
import dev.freshet.model.experiment.PhaseSums;
import dev.freshet.model.experiment.ShadowSums;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The binary form of experiments: definitions, deleted ids, then the sums by id and arm. A bucket
 * without users takes one byte for each column, so an arm takes 2 to 6 KB, and a shadow as much for
 * each place.
 */
final class ExperimentsCodec {
    /** Most bytes of a document. */
    private static final int MOST_DOCUMENT = Example.ExperimentChanged.MAX_DOCUMENT_BYTES;

    private static final int MOST_SECONDS = Integer.MAX_VALUE - 1;
    private static final int MOST_COLUMNS = 64;

    private ExperimentsCodec() {}

    static void write(ExperimentOutcomes experiments, ByteSink out) {
        Definitions definitions = experiments.definitions();
        out.varint(definitions.all().size());
        for (Definition definition : definitions.all()) {
            out.text(definition.id());
            out.varint(definition.version());
            out.put(definition.running() ? 1 : 0);
            out.text(definition.salt());
            out.varint(definition.windowSeconds());
            out.textOrNull(definition.currency());
            out.text(definition.document());
        }
        out.varint(definitions.deleted().size());
        definitions
                .deleted()
                .forEach(
                        (id, version) -> {
                            out.text(id);
                            out.varint(version);
                        });
        out.varint(experiments.phases().size());
        experiments.phases().forEach((id, phase) -> write(id, phase, out));
    }

    private static void write(String id, PhaseSums phase, ByteSink out) {
        out.text(id);
        out.text(phase.salt());
        out.varint(phase.sums().crossed());
        SortedMap<String, BucketSums> byArm = new TreeMap<>(phase.sums().byArm());
        out.varint(byArm.size());
        byArm.forEach(
                (arm, sums) -> {
                    out.text(arm);
                    out.varint(Column.values().length);
                    for (Column column : Column.values()) {
                        for (long sum : sums.column(column)) {
                            out.zigzag(sum);
                        }
                    }
                });
        SortedMap<String, ShadowSums> byShadow = new TreeMap<>(phase.shadows());
        out.varint(byShadow.size());
        byShadow.forEach(
                (shadow, sums) -> {
                    out.text(shadow);
                    write(sums, out);
                });
    }

    private static void write(ShadowSums sums, ByteSink out) {
        out.varint(sums.clipped());
        out.varint(sums.leftOut());
        out.varint(sums.places());
        for (int place = 0; place < sums.places(); place++) {
            out.varint(sums.squares(place));
            out.varint(sums.largest(place));
            for (ShadowSums.Column column : ShadowSums.Column.values()) {
                for (long sum : sums.column(place, column)) {
                    out.varint(sum);
                }
            }
        }
    }

    private static ShadowSums shadow(ByteSource in) {
        ShadowSums.Tally tally = ShadowSums.ZERO.tally();
        tally.add(in.varint(), in.varint());
        int places = in.count(ShadowSums.PLACES, BucketSums.BUCKETS);
        for (int place = 0; place < places; place++) {
            tally.add(place, in.varint(), in.varint());
            for (ShadowSums.Column column : ShadowSums.Column.values()) {
                for (int bucket = 0; bucket < BucketSums.BUCKETS; bucket++) {
                    tally.add(place, column, bucket, in.varint());
                }
            }
        }
        return tally.sums();
    }

    static ExperimentOutcomes read(ByteSource in) {
        List<Definition> definitions = new ArrayList<>();
        for (int left = in.count(Definitions.MOST, 7); left > 0; left--) {
            definitions.add(
                    new Definition(
                            in.text(ItemCodec.MOST_NAME_BYTES),
                            in.varint(),
                            in.flag(),
                            in.text(ItemCodec.MOST_NAME_BYTES),
                            in.upTo(MOST_SECONDS),
                            in.textOrNull(ItemCodec.MOST_NAME_BYTES),
                            in.text(MOST_DOCUMENT)));
        }
        Map<String, Long> deleted = new TreeMap<>();
        for (int left = in.count(Definitions.MOST_DELETED, 2); left > 0; left--) {
            deleted.put(in.text(ItemCodec.MOST_NAME_BYTES), in.varint());
        }
        Map<String, PhaseSums> phases = new TreeMap<>();
        for (int left = in.count(ExperimentOutcomes.MOST_KEPT, 4); left > 0; left--) {
            phases.put(in.text(ItemCodec.MOST_NAME_BYTES), phase(in));
        }
        return ExperimentOutcomes.of(Definitions.of(definitions, deleted), phases);
    }

    private static PhaseSums phase(ByteSource in) {
        String salt = in.text(ItemCodec.MOST_NAME_BYTES);
        long crossed = in.varint();
        Map<String, BucketSums> byArm = new TreeMap<>();
        for (int left = in.count(PhaseSums.MOST_ARMS, 2); left > 0; left--) {
            byArm.put(in.text(ItemCodec.MOST_NAME_BYTES), sums(in));
        }
        Map<String, ShadowSums> byShadow = new TreeMap<>();
        for (int left = in.count(PhaseSums.MOST_SHADOWS, 4); left > 0; left--) {
            byShadow.put(in.text(ItemCodec.MOST_NAME_BYTES), shadow(in));
        }
        return new PhaseSums(salt, new ExperimentSums(byArm, crossed), byShadow);
    }

    /** Reads the sums of an arm. Columns that this release does not know are skipped. */
    private static BucketSums sums(ByteSource in) {
        BucketSums.Tally tally = BucketSums.ZERO.tally();
        Column[] known = Column.values();
        int columns = in.count(MOST_COLUMNS, BucketSums.BUCKETS);
        for (int at = 0; at < columns; at++) {
            for (int bucket = 0; bucket < BucketSums.BUCKETS; bucket++) {
                long sum = in.zigzag();
                if (at < known.length) {
                    tally.add(bucket, known[at], sum);
                }
            }
        }
        return tally.sums();
    }
}
