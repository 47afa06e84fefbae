package dev.freshet.bench.ope;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model of rewards: the mean reward of each item, drawn towards the mean of all by {@value
 * #SMOOTHING} imagined showings, and below it the mean reward of all lower places. It is learned
 * from the lists of other folds than the one it predicts, or the doubly robust estimators would be
 * biased.
 */
final class ItemRates implements RewardModel {
    /** Folds of the lists, by their order. */
    static final int FOLDS = 3;

    private static final double SMOOTHING = 50;

    private final Map<String, double[]> byItem = new HashMap<>();
    private final double mean;

    /** Mean reward behind each place, by place. */
    private final double[] below;

    private ItemRates(List<LoggedList> lists, int leftOut) {
        double rewards = 0;
        double places = 0;
        int deepest = lists.stream().mapToInt(list -> list.places().size()).max().orElse(0);
        double[] rewardAt = new double[deepest + 1];
        double[] listsAt = new double[deepest + 1];
        for (int at = 0; at < lists.size(); at++) {
            if (at % FOLDS == leftOut) {
                continue;
            }
            List<LoggedPlace> shown = lists.get(at).places();
            double behind = 0;
            for (int place = shown.size() - 1; place >= 0; place--) {
                LoggedPlace one = shown.get(place);
                double[] seen = byItem.computeIfAbsent(one.item(), item -> new double[2]);
                seen[0] += one.reward();
                seen[1]++;
                rewards += one.reward();
                places++;
                rewardAt[place] += behind;
                listsAt[place]++;
                behind += one.reward();
            }
        }
        mean = places == 0 ? 0 : rewards / places;
        below = new double[deepest + 1];
        for (int place = 0; place < below.length; place++) {
            below[place] = listsAt[place] == 0 ? 0 : rewardAt[place] / listsAt[place];
        }
    }

    /** Returns the model for each fold, learned from the others. */
    static List<RewardModel> crossFitted(List<LoggedList> lists) {
        List<RewardModel> models = new ArrayList<>();
        for (int fold = 0; fold < FOLDS; fold++) {
            models.add(new ItemRates(lists, fold));
        }
        return models;
    }

    @Override
    public double value(int place, String item) {
        double[] seen = byItem.getOrDefault(item, new double[2]);
        return (seen[0] + SMOOTHING * mean) / (seen[1] + SMOOTHING) + below[place];
    }
}
