package dev.freshet.bench.evaluate;

import dev.freshet.event.Context;
import dev.freshet.event.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Strengths;
import dev.freshet.event.Target;
import dev.freshet.event.Value;
import dev.freshet.features.StoredInteraction;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Train lines as a stream, with the test lines to be predicted: the (user, item) pairs of the train
 * lines in a seeded order, one second apart from a fixed time on, each as a view. The split is not
 * temporal: test items need not be later than train items.
 */
final class Split {
    private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
    private static final String SHARD = "replay/shardId-000000000000";

    private final GowallaLines test;
    private final int[] users;
    private final int[] items;
    private final int[] numberOfUser;
    private final int[] numberOfItem;
    private final int trained;

    /**
     * Creates a split in one order.
     *
     * @param seed seed of the order
     */
    Split(GowallaLines train, GowallaLines test, long seed) {
        this.test = test;
        users = new int[train.pairs()];
        items = new int[users.length];
        int size = 0;
        for (int user = 0; user < train.users(); user++) {
            for (int item : train.of(user)) {
                users[size] = user;
                items[size++] = item;
            }
        }
        shuffle(new Random(seed));
        numberOfUser = numbers(users, Math.max(train.users(), test.users()));
        numberOfItem = numbers(items, Math.max(train.items(), test.items()));
        trained = (int) Arrays.stream(items).distinct().count();
    }

    private void shuffle(Random random) {
        for (int at = users.length - 1; at > 0; at--) {
            int other = random.nextInt(at + 1);
            int user = users[at];
            int item = items[at];
            users[at] = users[other];
            items[at] = items[other];
            users[other] = user;
            items[other] = item;
        }
    }

    /** Returns numbers in the order of first occurrence; names that do not occur follow. */
    private static int[] numbers(int[] stream, int names) {
        int[] numbers = new int[names];
        Arrays.fill(numbers, -1);
        int next = 0;
        for (int name : stream) {
            if (numbers[name] < 0) {
                numbers[name] = next++;
            }
        }
        for (int name = 0; name < names; name++) {
            if (numbers[name] < 0) {
                numbers[name] = next++;
            }
        }
        return numbers;
    }

    /** Returns the number of train pairs. */
    int size() {
        return users.length;
    }

    /** Returns the number of items in the train lines. */
    int trainedItems() {
        return trained;
    }

    /**
     * Returns the number of items in both parts, an upper bound of {@link FirstInteraction#item}.
     */
    int items() {
        return numberOfItem.length;
    }

    /** Returns the time after the last train pair, which is the time of the test. */
    Instant end() {
        return START.plusSeconds(users.length);
    }

    /** Returns the pairs of a range of the order. */
    List<ReplayStep> steps(int from, int to) {
        List<ReplayStep> steps = new ArrayList<>(to - from);
        for (int at = from; at < to; at++) {
            steps.add(step(at));
        }
        return steps;
    }

    private ReplayStep step(int at) {
        Instant time = START.plusSeconds(at);
        double strength = Strengths.DEFAULTS.of(EventType.VIEW, Value.NONE);
        return new ReplayStep(
                new FirstInteraction(
                        numberOfUser[users[at]],
                        numberOfItem[items[at]],
                        EventType.VIEW,
                        strength,
                        time,
                        FirstInteraction.NO_SESSION,
                        true),
                new StoredInteraction(
                        userId(users[at]),
                        "pair-" + at,
                        EventTimes.at(time),
                        new StoredInteraction.Act(
                                EventType.VIEW,
                                Target.item(String.valueOf(items[at])),
                                strength,
                                0,
                                null),
                        null,
                        Context.UNKNOWN,
                        new ShardPosition(SHARD, BigInteger.valueOf(at)),
                        null,
                        Map.of()));
    }

    /** Returns the users with test items, as numbered in the data set. */
    int[] evaluatedUsers() {
        return IntStream.range(0, test.users()).filter(user -> test.of(user).length > 0).toArray();
    }

    static String userId(int user) {
        return String.valueOf(user);
    }

    /** Returns the number of a user in {@link FirstInteraction}s. */
    int person(int user) {
        return numberOfUser[user];
    }

    /**
     * Returns the interaction with which a baseline is evaluated; only its person and time are
     * meaningful.
     */
    FirstInteraction request(int user) {
        return new FirstInteraction(
                person(user), 0, EventType.VIEW, 0, end(), FirstInteraction.NO_SESSION, true);
    }

    /** Returns the test items of a user, by {@link FirstInteraction#item}. */
    int[] toFind(int user) {
        return Arrays.stream(test.of(user)).map(item -> numberOfItem[item]).toArray();
    }
}
