package dev.freshet.model.codec;

import dev.freshet.example.ItemCodec;
import dev.freshet.model.audience.Audience;
import dev.freshet.model.audience.ItemAudience;
import dev.freshet.model.audience.ListTotals;
import dev.freshet.model.audience.TopicCounts;
import dev.freshet.model.audience.TopicKind;
import dev.freshet.model.audience.TopicWindow;
import dev.freshet.model.audience.TopicWindows;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.TextSink;
import dev.freshet.model.bytes.TextSource;
import dev.freshet.model.rows.Ints;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The binary form of the sums about the catalogue: the items of which anything is known, then the
 * topics by hour and by day and country. Names of topics stand once, together with those of items.
 */
final class AudienceCodec {
    private static final int MOST_HOUR = 1 << 24;
    private static final int MOST_DAY = 1 << 20;

    private AudienceCodec() {}

    static void write(Audience audience, int items, ByteSink out, TextSink texts) {
        Ints rows = audience.items().rows();
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
        ListTotals totals = audience.items().totals();
        out.fixed32(totals.last());
        out.fixed64(Double.doubleToLongBits(totals.shown()));
        out.fixed64(Double.doubleToLongBits(totals.clicked()));
        TopicWindows topics = audience.topics();
        out.varint(topics.hours().size());
        topics.hours()
                .forEach(
                        (hour, window) -> {
                            out.varint(hour);
                            write(window, out, texts);
                        });
        out.varint(topics.countries().size());
        topics.countries()
                .forEach(
                        (day, countries) -> {
                            out.varint(day);
                            out.varint(countries.size());
                            countries.forEach(
                                    (country, window) -> {
                                        texts.put(country);
                                        write(window, out, texts);
                                    });
                        });
    }

    private static void write(TopicWindow window, ByteSink out, TextSink texts) {
        for (TopicCounts counts : window.byKind()) {
            out.varint(counts.size());
            for (int at = 0; at < counts.size(); at++) {
                texts.put(counts.topic(at));
                out.varint(counts.units(at));
            }
        }
    }

    static Audience read(ByteSource in, TextSource texts, int items) {
        Ints.Draft rows = Ints.EMPTY.draft();
        for (int item = 0; item < items; item++) {
            if (in.flag()) {
                for (int field = 0; field < ItemAudience.FIELDS; field++) {
                    rows.set(item * ItemAudience.FIELDS + field, in.fixed32());
                }
            }
        }
        ListTotals totals =
                new ListTotals(
                        in.fixed32(),
                        Double.longBitsToDouble(in.fixed64()),
                        Double.longBitsToDouble(in.fixed64()));
        SortedMap<Integer, TopicWindow> hours = new TreeMap<>();
        for (int left = in.count(TopicWindows.HOURS, 4); left > 0; left--) {
            int hour = in.upTo(MOST_HOUR);
            hours.put(hour, window(in, texts));
        }
        SortedMap<Integer, SortedMap<String, TopicWindow>> days = new TreeMap<>();
        for (int left = in.count(TopicWindows.DAYS, 2); left > 0; left--) {
            int day = in.upTo(MOST_DAY);
            SortedMap<String, TopicWindow> countries = new TreeMap<>();
            for (int more = in.count(TopicWindows.MOST_COUNTRIES, 4); more > 0; more--) {
                countries.put(texts.get(ItemCodec.MOST_NAME_BYTES), window(in, texts));
            }
            days.put(day, countries);
        }
        return new Audience(new ItemAudience(rows.seal(), totals), new TopicWindows(hours, days));
    }

    private static TopicWindow window(ByteSource in, TextSource texts) {
        List<TopicCounts> byKind = new ArrayList<>();
        for (TopicKind kind : TopicKind.values()) {
            TopicCounts.Draft counts = TopicCounts.EMPTY.draft();
            for (int left = in.count(kind.mostInHour(), 2); left > 0; left--) {
                counts.add(texts.get(ItemCodec.MOST_NAME_BYTES), in.varint(), kind.mostInHour());
            }
            byKind.add(counts.seal());
        }
        return new TopicWindow(byKind);
    }
}
