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

    /** The measures that have intervals, in order. */
    List<String> measures() {
        return leading().measures().stream().map(Measure::name).toList();
    }
}
