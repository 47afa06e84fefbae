package dev.freshet.model.sums;

import dev.freshet.bytes.ByteSink;
import dev.freshet.bytes.ByteSource;
import dev.freshet.bytes.Form;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.sums.ItemAudience.ListTotals;
import dev.freshet.model.sums.TopicWindows.TopicWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * The binary form of the sums about the catalogue: the items of which anything is known, then the
 * topics by hour and by day and country. Names of topics stand once, together with those of items.
 */
final class AudienceForm {
    private static final int MAX_HOUR = 1 << 24;
    private static final int MAX_DAY = 1 << 20;

    private static final Form<ListTotals> TOTALS =
            fields ->
                    new ListTotals(
                            fields.fixed32(ListTotals::last),
                            fields.float64(ListTotals::shown),
                            fields.float64(ListTotals::clicked));

    private static final Form<TopicWindow> WINDOW =
            Form.of(AudienceForm::write, AudienceForm::window);

    private static final Form<SortedMap<String, TopicWindow>> COUNTRIES =
            fields ->
                    fields.map(
                            TopicWindows.MAX_COUNTRIES, Form.NAME, WINDOW, countries -> countries);

    static final Form<TopicWindows> TOPICS =
            fields ->
                    new TopicWindows(
                            fields.map(
                                    TopicWindows.HOURS,
                                    Form.upTo(MAX_HOUR),
                                    WINDOW,
                                    TopicWindows::hours),
                            fields.map(
                                    TopicWindows.DAYS,
                                    Form.upTo(MAX_DAY),
                                    COUNTRIES,
                                    TopicWindows::countries));

    private AudienceForm() {}

    /** Returns the form of the sums over so many items. */
    static Form<ItemAudience> items(int items) {
        Form<Ints> rows = Form.of((known, out) -> write(known, items, out), in -> rows(in, items));
        return fields ->
                new ItemAudience(
                        fields.part(rows, ItemAudience::rows),
                        fields.part(TOTALS, ItemAudience::totals));
    }

    private static void write(Ints rows, int items, ByteSink out) {
        for (int item = 0; item < items; item++) {
            boolean known = false;
            for (int field = 0; field < ItemAudience.FIELDS; field++) {
                known |= rows.get(item * ItemAudience.FIELDS + field) != 0;
            }
            out.put(known ? 1 : 0);
            for (int field = 0; known && field < ItemAudience.FIELDS; field++) {
                out.fixed32(rows.get(item * ItemAudience.FIELDS + field));
            }
        }
    }

    private static Ints rows(ByteSource in, int items) {
        Ints.Draft rows = Ints.EMPTY.draft();
        for (int item = 0; item < items; item++) {
            if (in.flag()) {
                for (int field = 0; field < ItemAudience.FIELDS; field++) {
                    rows.set(item * ItemAudience.FIELDS + field, in.fixed32());
                }
            }
        }
        return rows.seal();
    }

    private static void write(TopicWindow window, ByteSink out) {
        for (TopicCounts counts : window.byKind()) {
            out.varint(counts.size());
            for (int at = 0; at < counts.size(); at++) {
                out.recurring(counts.topic(at));
                out.varint(counts.units(at));
            }
        }
    }

    private static TopicWindow window(ByteSource in) {
        List<TopicCounts> byKind = new ArrayList<>();
        for (TopicKind kind : TopicKind.values()) {
            TopicCounts.Draft counts = TopicCounts.EMPTY.draft();
            for (int left = in.count(kind.mostInHour(), 2); left > 0; left--) {
                counts.add(Form.NAME.read(in), in.varint(), kind.mostInHour());
            }
            byKind.add(counts.seal());
        }
        return new TopicWindow(byKind);
    }
}
