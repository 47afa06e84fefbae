package dev.freshet.model;

import dev.freshet.example.Example;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.Form;
import dev.freshet.model.sums.BucketSums;
import dev.freshet.model.sums.BucketSums.Column;
import dev.freshet.model.sums.Definitions;
import dev.freshet.model.sums.Definitions.Definition;
import dev.freshet.model.sums.ExperimentOutcomes;
import dev.freshet.model.sums.PhaseSums;
import dev.freshet.model.sums.PhaseSums.ExperimentSums;
import dev.freshet.model.sums.ShadowSums;

/**
 * The binary form of experiments: definitions, deleted ids, then the sums by id and arm. A bucket
 * without users takes one byte for each column, so an arm takes 2 to 6 KB, and a shadow as much for
 * each place.
 */
final class ExperimentsForm {
    /** Most bytes of a document. */
    private static final int MAX_DOCUMENT = Example.ExperimentChanged.MAX_DOCUMENT_BYTES;

    private static final int MAX_SECONDS = Integer.MAX_VALUE - 1;
    private static final int MAX_COLUMNS = 64;

    private static final Form<Definition> DEFINITION =
            fields ->
                    new Definition(
                            fields.part(Form.TEXT, Definition::id),
                            fields.varint(Definition::version),
                            fields.flag(Definition::running),
                            fields.part(Form.TEXT, Definition::salt),
                            fields.upTo(MAX_SECONDS, Definition::windowSeconds),
                            fields.partOrNull(Form.TEXT, Definition::currency),
                            fields.text(MAX_DOCUMENT, Definition::document));

    private static final Form<BucketSums> SUMS =
            Form.of(ExperimentsForm::write, ExperimentsForm::sums);

    private static final Form<ShadowSums> SHADOW =
            Form.of(ExperimentsForm::write, ExperimentsForm::shadow);

    private static final Form<PhaseSums> PHASE =
            fields -> {
                String salt = fields.part(Form.TEXT, PhaseSums::salt);
                long crossed = fields.varint(phase -> phase.sums().crossed());
                return new PhaseSums(
                        salt,
                        new ExperimentSums(
                                fields.map(
                                        PhaseSums.MAX_ARMS,
                                        Form.TEXT,
                                        SUMS,
                                        phase -> phase.sums().byArm()),
                                crossed),
                        fields.map(PhaseSums.MAX_SHADOWS, Form.TEXT, SHADOW, PhaseSums::shadows));
            };

    static final Form<ExperimentOutcomes> EXPERIMENTS =
            fields ->
                    ExperimentOutcomes.of(
                            Definitions.of(
                                    fields.list(
                                            Definitions.MOST,
                                            DEFINITION,
                                            known -> known.definitions().all()),
                                    fields.map(
                                            Definitions.MAX_DELETED,
                                            Form.TEXT,
                                            Form.VARINT,
                                            known -> known.definitions().deleted())),
                            fields.map(
                                    ExperimentOutcomes.MAX_KEPT,
                                    Form.TEXT,
                                    PHASE,
                                    ExperimentOutcomes::phases));

    private ExperimentsForm() {}

    private static void write(BucketSums sums, ByteSink out) {
        out.varint(Column.values().length);
        for (Column column : Column.values()) {
            for (long sum : sums.column(column)) {
                out.zigzag(sum);
            }
        }
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

    /** Reads the sums of an arm. Columns that this release does not know are skipped. */
    private static BucketSums sums(ByteSource in) {
        BucketSums.Tally tally = BucketSums.ZERO.tally();
        Column[] known = Column.values();
        int columns = in.count(MAX_COLUMNS, BucketSums.BUCKETS);
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
