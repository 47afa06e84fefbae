package dev.freshet.insight;

import dev.freshet.statistics.DemandRatio;
import dev.freshet.statistics.TrendScore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Supply of and demand for topics.
 *
 * @param asOf the time that the figures are of
 * @param overdispersion how many times more demand varies by period than chance alone would
 * @param topics by demand, most first; at most {@value #MOST_TOPICS}
 */
public record TopicReport(
        TopicQuery query,
        long modelVersion,
        Instant asOf,
        double overdispersion,
        List<Row> topics) {
    /** Most topics of an answer; those with the least demand are left out. */
    public static final int MOST_TOPICS = 2_000;

    /** Demand above 0 and below this is not told exactly, since few persons are behind it. */
    public static final int FEWEST = 5;

    public TopicReport {
        topics = List.copyOf(topics);
    }

    /**
     * A topic.
     *
     * @param supply items published in the days, each divided by its number of topics
     * @param demand interactions in the days, divided likewise; a user counts once per item and day
     * @param ratio share of demand over share of supply; null where there is too little of either
     * @param wanted share of clicks over share of showings; null where there is too little of
     *     either, and for a country
     * @param trend the last closed hour, or day for a country, against those before; null where
     *     nothing is known of those
     * @param listed whether the trend is a discovery worth telling
     */
    public record Row(
            String topic,
            double supply,
            double demand,
            @Nullable DemandRatio ratio,
            @Nullable DemandRatio wanted,
            @Nullable TrendScore trend,
            boolean listed) {
        /** Returns rising, fading or steady. */
        public String direction() {
            if (!listed || trend == null) {
                return "steady";
            }
            return trend.ratio() > 1 ? "rising" : "fading";
        }
    }
}
