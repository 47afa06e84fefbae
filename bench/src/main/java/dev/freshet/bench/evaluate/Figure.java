package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.Bootstrap.Measure;
import dev.freshet.bench.evaluate.Moments.Moment;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * A figure of the report: the mean of what an entry scored at some of the moments.
 *
 * @param name name in JSON, such as {@code recall@10}
 * @param heading heading of its column in the table; empty for none
 * @param sense direction of the figure
 * @param part the moments
 */
record Figure(String name, String heading, Sense sense, Predicate<Moment> part, Value value) {
    /** Direction of a figure. */
    enum Sense {
        /** Higher is better. */
        GAIN,
        /** Lower is better. */
        ERROR,
        /** Lower is better, and the figure is the square root of the mean. */
        ROOT_OF_ERROR;

        /** Returns the figure of a sum over a number of moments; 0 for none. */
        double of(double sum, double count) {
            double mean = count == 0 ? 0 : sum / count;
            return this == ROOT_OF_ERROR ? Math.sqrt(mean) : mean;
        }
    }

    /** What an entry scored at a moment. */
    interface Value {
        double of(Scoreboard board, int moment);
    }

    /** Returns the share of moments at which the actual item was among the first ones. */
    static Figure hits(String name, String heading, Predicate<Moment> part, int depth) {
        return new Figure(
                name, heading, Sense.GAIN, part, (board, at) -> board.hit(at, depth) ? 1 : 0);
    }

    /** Returns the mean of the reciprocal rank, 0 beyond the first ones. */
    static Figure reciprocals(String name, String heading, Predicate<Moment> part, int depth) {
        return new Figure(
                name, heading, Sense.GAIN, part, (board, at) -> board.reciprocal(at, depth));
    }

    /**
     * Returns a figure of the next item, or of all items to come, over all moments.
     *
     * @param heading {@code HR}, {@code MRR}, {@code NDCG} or {@code Recall}
     * @param depth number of ranks that count: 5, 10 or 20
     */
    static Figure of(String heading, int depth) {
        String title = heading + "@" + depth;
        String name = title.toLowerCase(Locale.ROOT);
        return switch (heading) {
            case "HR" -> hits(name, title, Moments.WHOLE, depth);
            case "MRR" -> reciprocals(name, title, Moments.WHOLE, depth);
            case "NDCG" ->
                    new Figure(
                            name,
                            title,
                            Sense.GAIN,
                            Moments.WHOLE,
                            (board, at) ->
                                    board.hit(at, depth)
                                            ? Math.log(2) / Math.log(1 + board.rank(at))
                                            : 0);
            default -> mean(name, title, Scoreboard.Column.valueOf("RECALL_" + depth));
        };
    }

    /** Returns the mean of a column over all moments. */
    static Figure mean(String name, String heading, Scoreboard.Column column) {
        return new Figure(
                name, heading, Sense.GAIN, Moments.WHOLE, (board, at) -> board.of(column, at));
    }

    /** Returns the figure over those of its moments that are among the first steps of the test. */
    Figure during(int steps) {
        return new Figure(name, heading, sense, part.and(moment -> moment.step() < steps), value);
    }

    double of(Scoreboard board) {
        return over(board, Moments.WHOLE);
    }

    /** Returns the figure over those of its moments that satisfy a condition. */
    double over(Scoreboard board, Predicate<Moment> condition) {
        List<Moment> moments = board.moments().all();
        double sum = 0;
        int count = 0;
        for (int at = 0; at < moments.size(); at++) {
            if (part.test(moments.get(at)) && condition.test(moments.get(at))) {
                sum += value.of(board, at);
                count++;
            }
        }
        return sense.of(sum, count);
    }

    /** Returns the figure of all these boards as sums of each person. */
    Measure measure(List<Scoreboard> boards) {
        int people = boards.getFirst().moments().people();
        Measure measure = new Measure(name, sense, new double[people], new double[people]);
        for (Scoreboard board : boards) {
            List<Moment> moments = board.moments().all();
            for (int at = 0; at < moments.size(); at++) {
                if (part.test(moments.get(at))) {
                    measure.sums()[moments.get(at).person()] += value.of(board, at);
                    measure.counts()[moments.get(at).person()]++;
                }
            }
        }
        return measure;
    }
}
