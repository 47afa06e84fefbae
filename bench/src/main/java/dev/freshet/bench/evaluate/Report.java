package dev.freshet.bench.evaluate;

import java.util.List;
import java.util.SequencedMap;

/**
 * Results of an evaluation by any protocol; printed as a table and as JSON.
 *
 * @param dataset name of the data set, such as {@code deskdrop}
 * @param protocol {@code prequential}, {@code split}, {@code rating}, {@code split-at} or {@code
 *     leave-last-one-out}
 * @param facts properties of the evaluation: numbers, texts and lists of numbers, by their names in
 *     JSON
 * @param notes explanations of the figures
 * @param columns columns of the table: figure → heading
 * @param entries entries, the leading one first: the blend, or the only participant
 * @param comparison intervals and leads of the entries
 * @param axes labels of each {@link Entry#series} that several entries have
 */
record Report(
        String dataset,
        String protocol,
        SequencedMap<String, Object> facts,
        List<String> notes,
        SequencedMap<String, String> columns,
        List<Entry> entries,
        Comparison comparison,
        SequencedMap<String, List<String>> axes) {
    Report {
        notes = List.copyOf(notes);
        entries = List.copyOf(entries);
    }

    Entry leading() {
        return entries.getFirst();
    }

    /** Returns whether this entry is the leading one. */
    boolean leads(Entry entry) {
        return entry.name().equals(leading().name()) && entry.kind() == leading().kind();
    }

    /** Returns the entry's name, made unique if an entry of another kind has an equal name. */
    String label(Entry entry) {
        boolean twice =
                entries.stream().filter(other -> other.name().equals(entry.name())).count() > 1;
        return twice && entry.kind() == Scoreboard.Kind.BASELINE
                ? entry.name() + " (baseline)"
                : entry.name();
    }

    /** Returns whether a lower value of this measure is better. */
    boolean lowerIsBetter(String measure) {
        return leading().measures().stream()
                .anyMatch(one -> one.name().equals(measure) && one.sense() != Measure.Sense.GAIN);
    }

    /** Returns the names of the measures that have intervals, in order. */
    List<String> measures() {
        return leading().measures().stream().map(Measure::name).toList();
    }
}
