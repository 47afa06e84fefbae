package dev.freshet.bench.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Errors of one method of rating prediction. */
final class RatingBoard {
    static final String RMSE = "rmse";
    static final String MAE = "mae";
    static final String OVER_STREAM = "rmseOverStream";
    static final int SLICES = 20;

    private final String name;
    private final Scoreboard.Kind kind;
    private final double[] absolute;
    private final double[] squared;
    private final double[] counts;
    private final double[] squaredBySlice = new double[SLICES];
    private final double[] countBySlice = new double[SLICES];

    RatingBoard(String name, Scoreboard.Kind kind, int people) {
        this.name = name;
        this.kind = kind;
        absolute = new double[people];
        squared = new double[people];
        counts = new double[people];
    }

    /**
     * Records one prediction.
     *
     * @param progress position in the stream, 0 to below 1
     */
    void put(int person, double progress, double predicted, double given) {
        double error = predicted - given;
        absolute[person] += Math.abs(error);
        squared[person] += error * error;
        counts[person]++;
        squaredBySlice[(int) (progress * SLICES)] += error * error;
        countBySlice[(int) (progress * SLICES)]++;
    }

    double rmse() {
        return Math.sqrt(Arrays.stream(squared).sum() / Math.max(1, Arrays.stream(counts).sum()));
    }

    double mae() {
        return Arrays.stream(absolute).sum() / Math.max(1, Arrays.stream(counts).sum());
    }

    Entry entry() {
        SequencedMap<String, Double> figures = new LinkedHashMap<>();
        figures.put(RMSE, rmse());
        figures.put(MAE, mae());
        List<Double> slices = new ArrayList<>();
        for (int slice = 0; slice < SLICES; slice++) {
            slices.add(Math.sqrt(squaredBySlice[slice] / Math.max(1, countBySlice[slice])));
        }
        SequencedMap<String, List<Double>> series = new LinkedHashMap<>();
        series.put(OVER_STREAM, slices);
        return new Entry(
                name,
                kind,
                figures,
                series,
                List.of(
                        new Measure(RMSE, Measure.Sense.ROOT_OF_ERROR, squared, counts),
                        new Measure(MAE, Measure.Sense.ERROR, absolute, counts)));
    }
}
