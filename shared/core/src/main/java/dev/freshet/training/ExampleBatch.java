package dev.freshet.training;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.TraceId;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ExampleTraces;
import dev.freshet.features.Quarantine;
import dev.freshet.model.Model;
import dev.freshet.model.ModelDraft;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The readable prefix of a batch of {@code examples}: its examples in order, and the number of
 * records quarantined.
 *
 * @param records all records of the batch
 * @param examples in order
 * @param recordOf for each example the index of its record
 * @param read records read or quarantined, from the front
 * @param quarantined records quarantined
 * @param traces of the records read, for the log
 */
record ExampleBatch(
        List<StreamRecord> records,
        List<Example> examples,
        List<Integer> recordOf,
        int read,
        int quarantined,
        List<TraceId> traces) {
    /**
     * Most examples of one batch that may make learning throw; more are taken for an error of the
     * code.
     */
    static final int MAX_BROKEN = 16;

    ExampleBatch {
        records = List.copyOf(records);
        examples = List.copyOf(examples);
        recordOf = List.copyOf(recordOf);
        traces = List.copyOf(traces);
    }

    /** Reads up to the first record that can neither be decoded nor be quarantined. */
    static ExampleBatch read(
            List<StreamRecord> records, Quarantine quarantine, InstantSource clock) {
        List<Example> examples = new ArrayList<>();
        List<Integer> recordOf = new ArrayList<>();
        List<TraceId> traces = new ArrayList<>();
        int quarantined = 0;
        int read = 0;
        for (; read < records.size(); read++) {
            try {
                for (Example example : ExampleCodec.decode(records.get(read).data())) {
                    examples.add(example);
                    recordOf.add(read);
                }
                traces.addAll(ExampleTraces.of(records.get(read).data()));
            } catch (RuntimeException undecodable) {
                if (!Quarantine.tryPut(
                        quarantine,
                        records.get(read),
                        "undecodable: " + undecodable,
                        clock.instant())) {
                    break;
                }
                quarantined++;
            }
        }
        return new ExampleBatch(
                records, examples, recordOf, read, quarantined, ExampleTraces.bounded(traces));
    }

    /** Returns the position of the first record that was not read. */
    Optional<ShardPosition> unread() {
        return read == records.size()
                ? Optional.empty()
                : Optional.of(records.get(read).position());
    }

    /** Returns the sequence number of the last record read; there is one. */
    String lastPosition() {
        return records.get(read - 1).position().sequence().toString();
    }

    /**
     * Returns this batch without the examples that make learning throw; their records are
     * quarantined as a whole, with the numbers of those examples.
     *
     * @return empty if a record could not be quarantined
     * @throws IllegalStateException with the last cause, if more than {@value #MAX_BROKEN} throw
     */
    Optional<ExampleBatch> withoutBroken(
            Model model, CatalogueMode catalogue, Quarantine quarantine, InstantSource clock) {
        TreeSet<Integer> broken = new TreeSet<>();
        String why = "";
        for (Optional<Thrown> next = firstThrown(model, catalogue, broken);
                next.isPresent();
                next = firstThrown(model, catalogue, broken)) {
            if (broken.size() == MAX_BROKEN) {
                throw new IllegalStateException(
                        "learning throws for too many examples", next.get().cause());
            }
            broken.add(next.get().example());
            why = next.get().cause().toString();
        }
        TreeSet<Integer> recordsAside = new TreeSet<>(broken.stream().map(recordOf::get).toList());
        for (int record : recordsAside) {
            List<Integer> numbers =
                    broken.stream()
                            .filter(e -> recordOf.get(e) == record)
                            .map(e -> e - recordOf.indexOf(record))
                            .toList();
            if (!Quarantine.tryPut(
                    quarantine,
                    records.get(record),
                    "threw: Examples " + numbers + " of this record; " + why,
                    clock.instant())) {
                return Optional.empty();
            }
        }
        List<Example> soundExamples = new ArrayList<>();
        List<Integer> soundRecords = new ArrayList<>();
        for (int e = 0; e < examples.size(); e++) {
            if (!broken.contains(e)) {
                soundExamples.add(examples.get(e));
                soundRecords.add(recordOf.get(e));
            }
        }
        return Optional.of(
                new ExampleBatch(
                        records,
                        soundExamples,
                        soundRecords,
                        read,
                        quarantined + recordsAside.size(),
                        traces));
    }

    private record Thrown(int example, RuntimeException cause) {}

    private Optional<Thrown> firstThrown(
            Model model, CatalogueMode catalogue, TreeSet<Integer> without) {
        ModelDraft draft = model.draft();
        draft.catalogue(catalogue);
        for (int e = 0; e < examples.size(); e++) {
            try {
                if (!without.contains(e)) {
                    draft.apply(examples.get(e));
                }
            } catch (RuntimeException broken) {
                return Optional.of(new Thrown(e, broken));
            }
        }
        return Optional.empty();
    }
}
