package dev.freshet.insight;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.freshet.json.SixDigits;
import dev.freshet.model.audience.TopicKind;
import dev.freshet.statistics.DemandRatio;
import dev.freshet.statistics.TrendScore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Supply of and demand for topics.
 *
 * @param asOf the time that the figures are of
 * @param country that the figures are of; null for all
 * @param overdispersion how many times more demand varies by period than chance alone would
 * @param topics by demand, most first; at most {@value #MAX_TOPICS}
 */
public record TopicReport(
        long modelVersion,
        Instant asOf,
        TopicKind by,
        int days,
        @Nullable String country,
        @SixDigits double overdispersion,
        List<Row> topics) {
    /** Most topics of an answer; those with the least demand are left out. */
    public static final int MAX_TOPICS = 2_000;

    /** Demand above 0 and below this is not told exactly, since few persons are behind it. */
    public static final int FEWEST = 5;

    public TopicReport {
        topics = List.copyOf(topics);
    }

    /**
     * A topic.
     *
     * @param supply items published in the days, each divided by its number of topics
     * @param demand interactions in the days, divided likewise; a user counts once per item and
     *     day. Null below {@value #FEWEST} but above 0
     * @param ratio share of demand over share of supply
     * @param wanted share of clicks over share of showings; null where there is too little of
     *     either, and for a country
     * @param trend the last closed hour, or day for a country, against those before; null where
     *     nothing is known of those, and where demand is
     */
    @JsonInclude(Include.ALWAYS)
    public record Row(
            String topic,
            @SixDigits double supply,
            @SixDigits @Nullable Double demand,
            @JsonUnwrapped Ratio ratio,
            @Nullable Ratio wanted,
            @Nullable Trend trend) {}

    /** A ratio with its interval; all null where too little is known. */
    @JsonInclude(Include.ALWAYS)
    public record Ratio(
            @SixDigits @Nullable Double times,
            @SixDigits @Nullable Double lower,
            @SixDigits @Nullable Double upper) {
        static final Ratio UNKNOWN = new Ratio(null, null, null);

        static Ratio of(DemandRatio of) {
            return new Ratio(of.times(), of.interval().low(), of.interval().high());
        }
    }

    /**
     * How demand changed.
     *
     * @param direction rising, fading or steady
     * @param listed whether it is a discovery worth telling; if not, the direction is steady
     */
    public record Trend(
            String direction, @SixDigits double ratio, @SixDigits double z, boolean listed) {
        static Trend of(TrendScore score, boolean listed) {
            String direction = score.ratio() > 1 ? "rising" : "fading";
            return new Trend(listed ? direction : "steady", score.ratio(), score.z(), listed);
        }
    }
}
