package dev.freshet.bench.experiment;

import dev.freshet.model.experiment.BucketSums;
import dev.freshet.model.experiment.BucketSums.Column;
import dev.freshet.model.experiment.BucketSums.Tally;
import java.util.SplittableRandom;

/** A population that is enrolled before the first look and acts until the last one. */
final class AllAtOnce implements Population {
    private final int users;
    private final SplittableRandom random;

    /** Lists and clicked lists by arm, look and bucket. */
    private final int[][][] lists;

    private final int[][][] clicked;

    AllAtOnce(int users, int looks, SplittableRandom random) {
        this.users = users;
        this.random = random;
        lists = new int[2][looks][BucketSums.BUCKETS];
        clicked = new int[2][looks][BucketSums.BUCKETS];
    }

    @Override
    public void act(int look, Tally control, Tally treated) {
        Tally[] arms = {control, treated};
        for (int arm = 0; arm < arms.length; arm++) {
            if (look == 0) {
                enrol(arm, arms[arm]);
            }
            for (int bucket = 0; bucket < BucketSums.BUCKETS; bucket++) {
                arms[arm].add(bucket, Column.LISTS, lists[arm][look][bucket]);
                arms[arm].add(bucket, Column.LISTS_CLICKED, clicked[arm][look][bucket]);
                arms[arm].add(bucket, Column.CLICKS, clicked[arm][look][bucket]);
            }
        }
    }

    private void enrol(int arm, Tally tally) {
        for (int user = 0; user < users; user++) {
            int bucket = random.nextInt(BucketSums.BUCKETS);
            double rate = Clicks.rate(random);
            int seen = 1 + random.nextInt(Clicks.MAX_LISTS);
            tally.add(bucket, Column.USERS, 1);
            for (int list = 0; list < seen; list++) {
                int look = random.nextInt(lists[arm].length);
                lists[arm][look][bucket]++;
                clicked[arm][look][bucket] += random.nextDouble() < rate ? 1 : 0;
            }
        }
    }
}
