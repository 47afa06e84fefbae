package dev.freshet.bench.evaluate;

import dev.freshet.bench.baseline.FirstInteraction;
import dev.freshet.bench.evaluate.Trace.Numbers;
import dev.freshet.bench.evaluate.Trace.Step;
import dev.freshet.event.Context;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Strengths;
import dev.freshet.event.Target;
import dev.freshet.event.Value;
import dev.freshet.features.StoredInteraction;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Gowalla check-ins in LightGCN's split (He et al., SIGIR 2020): each line holds a user and its
 * items, numbers separated by blanks, without times.
 *
 * @param byUser items of each user; empty for a user without a line
 */
record GowallaLines(List<List<Integer>> byUser) {
    /** Number of pairs in one version of the model. */
    private static final int BATCH = 1_000;

    private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
    private static final String SHARD = "replay/shardId-000000000000";
    private static final double STRENGTH = Strengths.DEFAULTS.of(EventType.VIEW, Value.NONE);

    static GowallaLines read(Path file) throws IOException {
        List<List<Integer>> users = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                List<Integer> numbers =
                        Arrays.stream(line.strip().split(" +")).map(Integer::valueOf).toList();
                while (users.size() <= numbers.getFirst()) {
                    users.add(List.of());
                }
                users.set(numbers.getFirst(), numbers.subList(1, numbers.size()));
            }
        }
        return new GowallaLines(users);
    }

    private record Pair(int user, int item) {}

    private List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (int user = 0; user < byUser.size(); user++) {
            for (int item : byUser.get(user)) {
                pairs.add(new Pair(user, item));
            }
        }
        return pairs;
    }

    /** Returns the total number of pairs. */
    int size() {
        return byUser.stream().mapToInt(List::size).sum();
    }

    /** Two disjoint parts of the lines. */
    record Parts(GowallaLines kept, GowallaLines heldOut) {}

    /**
     * Holds out a random one in {@code every} of each user's items; a user with fewer items keeps
     * all.
     *
     * @param seed random seed
     */
    Parts holdOut(int every, long seed) {
        Random random = new Random(seed);
        List<List<Integer>> kept = new ArrayList<>();
        List<List<Integer>> out = new ArrayList<>();
        for (List<Integer> own : byUser) {
            List<Integer> items = new ArrayList<>(own);
            Collections.shuffle(items, random);
            int first = items.size() / every;
            out.add(items.subList(0, first));
            kept.add(items.subList(first, items.size()));
        }
        return new Parts(new GowallaLines(kept), new GowallaLines(out));
    }

    /**
     * Returns the plan that learns these lines and ranks once for each user of the test lines: the
     * pairs in a seeded order, one second apart from a fixed time on, each as a view. The split is
     * not temporal: test items need not be later than train items.
     *
     * @param seed seed of the order
     * @param every one in this many users is evaluated
     */
    Plan plan(GowallaLines test, long seed, int every) {
        List<Pair> pairs = pairs();
        Collections.shuffle(pairs, new Random(seed));
        Numbers people = new Numbers();
        Numbers items = new Numbers();
        for (List<Pair> part : List.of(pairs, test.pairs())) {
            for (Pair pair : part) {
                people.of(pair.user);
                items.of(pair.item);
            }
        }
        List<Step> before =
                new AbstractList<>() {
                    @Override
                    public Step get(int at) {
                        return step(pairs.get(at), START.plusSeconds(at), at, people, items);
                    }

                    @Override
                    public int size() {
                        return pairs.size();
                    }
                };
        Instant end = START.plusSeconds(pairs.size());
        List<Step> steps = new ArrayList<>();
        List<Integer> begins = new ArrayList<>();
        int asked = 0;
        for (int user = 0; user < test.byUser.size(); user++) {
            List<Integer> own = test.byUser.get(user);
            if (!own.isEmpty() && asked++ % every == 0) {
                begins.add(steps.size());
                for (int item : own) {
                    int at = pairs.size() + steps.size();
                    steps.add(step(new Pair(user, item), end, at, people, items));
                }
            }
        }
        boolean[] ranked = new boolean[steps.size()];
        begins.forEach(at -> ranked[at] = true);
        return new Plan(
                "split",
                new Trace(List.of(), Map.of(), before, people.size(), items.size(), List.of(), 0),
                before,
                BATCH,
                steps,
                ranked,
                new Plan.Rules(false, Plan.After.FORGET, false, every),
                end);
    }

    private static Step step(Pair pair, Instant time, int at, Numbers people, Numbers items) {
        return new Step(
                new FirstInteraction(
                        people.of(pair.user),
                        items.of(pair.item),
                        EventType.VIEW,
                        time,
                        FirstInteraction.NO_SESSION,
                        true),
                new StoredInteraction(
                        String.valueOf(pair.user),
                        "pair-" + at,
                        EventTimes.at(time),
                        new StoredInteraction.Act(
                                EventType.VIEW,
                                Target.item(String.valueOf(pair.item)),
                                STRENGTH,
                                0,
                                null),
                        null,
                        Context.UNKNOWN,
                        new ShardPosition(SHARD, BigInteger.valueOf(at)),
                        null,
                        Map.of()));
    }
}
