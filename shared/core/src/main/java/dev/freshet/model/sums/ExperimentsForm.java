package dev.freshet.model.sums;

import dev.freshet.bytes.Fields;
import dev.freshet.bytes.Form;
import dev.freshet.model.sums.BucketSums.Column;
import dev.freshet.model.sums.PhaseSums.ExperimentSums;

/**
 * The binary form of experiments: definitions, deleted ids, then the sums by id and arm. A bucket
 * without users takes one byte for each column, so an arm takes 2 to 6 KB, a shadow as much for
 * each place, and a group of an arm's users 0.3 to 0.5 KB.
 */
final class ExperimentsForm {
    private static final int MAX_COLUMNS = 64;

    private static final Form<BucketSums> SUMS = ExperimentsForm::sums;

    private static final Form<ShadowSums> SHADOW = ExperimentsForm::shadow;

    private static final Form<PhaseSums> PHASE =
            fields -> {
                String salt = fields.part(Form.TEXT, PhaseSums::salt);
                long crossed = fields.varint(phase -> phase.sums().crossed());
                return new PhaseSums(
                        salt,
                        new ExperimentSums(
                                fields.map(
                                        PhaseSums.MAX_SUMS,
                                        Form.TEXT,
                                        SUMS,
                                        phase -> phase.sums().byArm()),
                                crossed),
                        fields.map(PhaseSums.MAX_SHADOWS, Form.TEXT, SHADOW, PhaseSums::shadows));
            };

    static final Form<ExperimentOutcomes> EXPERIMENTS =
            fields ->
                    ExperimentOutcomes.of(
                            fields.part(Definitions.FORM, ExperimentOutcomes::definitions),
                            fields.map(
                                    ExperimentOutcomes.MAX_KEPT,
                                    Form.TEXT,
                                    PHASE,
                                    ExperimentOutcomes::phases));

    private ExperimentsForm() {}

    /**
     * The sums of an arm: the number of columns, for a group of its users increased by {@value
     * #MAX_COLUMNS}. Columns that this release does not know are skipped.
     */
    private static BucketSums sums(Fields<BucketSums> fields) {
        Column[] known = Column.values();
        int columns =
                fields.upTo(
                        2 * MAX_COLUMNS - 1,
                        sums ->
                                sums.buckets() == BucketSums.BUCKETS
                                        ? known.length
                                        : MAX_COLUMNS + known.length);
        BucketSums none = columns < MAX_COLUMNS ? BucketSums.ZERO : BucketSums.ZERO_OF_GROUP;
        BucketSums.Tally tally = none.tally();
        int width = BucketSums.BUCKETS / none.buckets();
        for (int column = 0; column < columns % MAX_COLUMNS; column++) {
            for (int bucket = 0; bucket < none.buckets(); bucket++) {
                int at = column;
                int of = bucket;
                long sum = fields.zigzag(sums -> sums.get(of, known[at]));
                if (at < known.length) {
                    tally.add(of * width, known[at], sum);
                }
            }
        }
        return tally.sums();
    }

    private static ShadowSums shadow(Fields<ShadowSums> fields) {
        ShadowSums.Tally tally = ShadowSums.ZERO.tally();
        tally.add(fields.varint(ShadowSums::clipped), fields.varint(ShadowSums::leftOut));
        int places = fields.count(ShadowSums.PLACES, BucketSums.BUCKETS, ShadowSums::places);
        for (int place = 0; place < places; place++) {
            int at = place;
            tally.add(
                    at,
                    fields.varint(sums -> sums.squares(at)),
                    fields.varint(sums -> sums.largest(at)));
            for (ShadowSums.Column column : ShadowSums.Column.values()) {
                for (int bucket = 0; bucket < BucketSums.BUCKETS; bucket++) {
                    int of = bucket;
                    tally.add(at, column, of, fields.varint(sums -> sums.get(at, column, of)));
                }
            }
        }
        return tally.sums();
    }
}
