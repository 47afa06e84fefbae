package dev.freshet.bench.evaluate;

import java.util.List;
import java.util.SequencedMap;

/**
 * What an evaluation came to, whatever its protocol; printed as a table, as JSON and as a page.
 *
 * @param dataset {@code deskdrop}
 * @param protocol {@code prequential}, {@code split} or {@code rating}
 * @param facts what was evaluated on: numbers, texts and lists of numbers, by their names in JSON
 * @param notes what a reader of the figures has to know
 * @param columns the table's: figure → heading
 * @param entries the leading one first: the blend, or what was asked for alone
 * @param axes the labels of each {@link Entry#series} of more than one entry
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

    /** Whether this entry is the leading one. */
    boolean leads(Entry entry) {
        return entry.name().equals(leading().name()) && entry.kind() == leading().kind();
    }

    /** The entry's name, told apart from another's that is called the same. */
    String label(Entry entry) {
        boolean twice =
                entries.stream().filter(other -> other.name().equals(entry.name())).count() > 1;
        return twice && entry.kind() == Scoreboard.Kind.RIVAL
                ? entry.name() + " (rival)"
                : entry.name();
    }

    /** Whether less of this measure is better. */
    boolean lowerIsBetter(String measure) {
        return leading().measures().stream()
                .anyMatch(one -> one.name().equals(measure) && one.sense() != Measure.Sense.GAIN);
    }

    /** The measures that have intervals, in order. */
    List<String> measures() {
        return leading().measures().stream().map(Measure::name).toList();
    }
}
