package dev.freshet.bench.privacy;

import static dev.freshet.check.Check.require;

import dev.freshet.bench.privacy.Attacks.Played;
import dev.freshet.bench.privacy.Looks.Aim;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.Model;
import dev.freshet.model.ModelDraft;
import dev.freshet.model.basket.Baskets;
import dev.freshet.ranking.Temperatures;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A game of a stranger against one person at a time. The person is one of the data, moved to the
 * present: the stranger knows some items that the person took up, and has to tell an item that the
 * person takes up now, the secret, from a decoy of equal popularity and age. The stranger looks at
 * the responses before and after, while other people go on, and has ids of its own that count.
 *
 * <p>The second look is taken of two sites that have the first in common: of one where the person
 * took up the secret, and of one where the person did not, but somebody else or nobody. The score
 * of an attack is how much more often it is right on the one than on the other, so that what
 * follows from others, and from what else the person did, does not count. Each version of the model
 * is a continuation of the model that is learned once.
 */
public final class StrangerGame {
    /** Time between the looks before and after. */
    public static final Duration BETWEEN = Duration.ofMinutes(10);

    private static final Duration STEP = Duration.ofSeconds(30);
    private static final String SHARD = "game/shardId-0";

    /** Items of about the same popularity among which a decoy is sought. */
    private static final int NEAR = 50;

    /** The best of these, of which one is drawn. */
    private static final int ALIKE = 5;

    /** What a stranger wants to know. */
    public enum Question {
        /** Which item was taken up at all: nobody takes up the decoy, nor the secret instead. */
        WHICH,
        /**
         * Which item the person took up: somebody else takes up the decoy, and a third one the
         * secret where the person does not, so that the counts of both rise alike.
         */
        WHOSE
    }

    /**
     * What is played.
     *
     * @param question what the stranger wants to know
     * @param known number of items of the person that the stranger knows, from 1
     * @param madeUp whether made-up people hold the newest known item with the secret, and others
     *     with the decoy, each so many that both pairs have an equal number of holders, drawn from
     *     0 to 2k; else there are the people of the data alone
     * @param traffic events of others between the looks
     * @param control whether somebody else takes up the secret in any case, so that there is
     *     nothing to tell
     * @param ids numbers of ids of its own that the stranger may have, rising; empty for 0, 1, k −
     *     1 and 2k
     * @param exploration how far lists are drawn by chance
     */
    public record Rules(
            Question question,
            int known,
            boolean madeUp,
            int traffic,
            boolean control,
            List<Integer> ids,
            Temperatures exploration) {}

    private final Model base;
    private final List<Example.Interaction> later;
    private final Rules rules;
    private final Looks looks;
    private final List<List<Example.Interaction>> people = new ArrayList<>();
    private final List<Integer> byHolders;
    private long sequence;

    /**
     * Creates a game.
     *
     * @param base model that has learned the first interactions
     * @param interactions all of the data, in time order
     * @param learned number of those that the model has learned; the rest is the traffic
     * @throws IllegalArgumentException with a sentence, if there are too few events or people
     */
    public StrangerGame(
            Model base, List<Example.Interaction> interactions, int learned, Rules rules) {
        this.base = base;
        this.rules = rules;
        looks = new Looks(rules.question == Question.WHICH, rules.exploration);
        later =
                interactions.subList(learned, interactions.size()).stream()
                        .filter(one -> index(one) >= 0)
                        .toList();
        require(later.size() >= rules.traffic, "There are too few events for this traffic.");
        Comparator<Integer> first = Comparator.comparingInt(this::holders);
        byHolders =
                IntStream.range(0, base.items().size())
                        .filter(base::shows)
                        .boxed()
                        .sorted(first.thenComparingInt(base.items()::knownSince))
                        .toList();
        Map<Pseudonym, Map<Integer, Example.Interaction>> firsts = new LinkedHashMap<>();
        for (Example.Interaction one : interactions) {
            int item = index(one);
            if (item >= 0 && one.strength() > 0) {
                firsts.computeIfAbsent(one.user(), user -> new LinkedHashMap<>())
                        .putIfAbsent(item, one);
            }
        }
        firsts.values().stream()
                .filter(own -> own.size() > rules.known)
                .forEach(own -> people.add(List.copyOf(own.values())));
        require(!people.isEmpty(), "Nobody took up enough items.");
    }

    /** Returns the model's index of an item that it may show, or −1. */
    private int index(Example.Interaction one) {
        int item = one.target().isItem() ? base.items().index(one.target().id()) : -1;
        return item >= 0 && base.shows(item) ? item : -1;
    }

    private int holders(int item) {
        return base.baskets().holders().count(item);
    }

    /** Returns the numbers of ids of its own that the stranger may have, rising. */
    public List<Integer> ids() {
        if (!rules.ids.isEmpty()) {
            return rules.ids;
        }
        int k = base.settings().kAnonymity();
        return IntStream.of(0, 1, k - 1, 2 * k).sorted().distinct().boxed().toList();
    }

    /**
     * Plays a number of targets, drawn from the people with replacement.
     *
     * @param seed of all draws
     * @param done takes the number of targets played
     */
    public Attacks play(int targets, long seed, LongConsumer done) {
        SplittableRandom seeds = new SplittableRandom(seed);
        List<Played> played = new ArrayList<>(targets);
        for (int target = 0; target < targets; target++) {
            RandomGenerator random = seeds.split();
            int person = random.nextInt(people.size());
            played.add(play(person, people.get(person), random));
            done.accept(target + 1);
        }
        return new Attacks(played, ids().stream().map(looks::names).toList());
    }

    private Played play(int number, List<Example.Interaction> all, RandomGenerator random) {
        int at = rules.known + random.nextInt(all.size() - rules.known);
        Example.Interaction secret = all.get(at);
        Aim aim = aim(all, at, random);
        Instant start = base.clock().plus(STEP);
        Instant then = start.plus(BETWEEN.dividedBy(2));
        Duration moved = Duration.between(secret.at(), then);

        List<Example.FromEvents> past = new ArrayList<>();
        past.add(new Example.Forget(secret.source(), secret.user()));
        past.addAll(madeUp(aim, secret, start, random));
        for (Example.Interaction one : all.subList(0, at)) {
            past.add(by(one.user(), one, one.target().id(), one.at().plus(moved)));
        }
        List<Example.FromEvents> run = traffic(secret.user(), start, random);
        Pseudonym ofDecoy = bystander(aim, secret.user(), random);
        Pseudonym ofSecret = bystander(aim, secret.user(), random);
        Pseudonym person = rules.control ? bystander(aim, secret.user(), random) : secret.user();
        List<Example.FromEvents> taken = new ArrayList<>();
        List<Example.FromEvents> instead = new ArrayList<>();
        taken.add(by(person, secret, aim.secret(), then));
        if (rules.question == Question.WHOSE) {
            instead.add(by(ofSecret, secret, aim.secret(), then));
            taken.add(by(ofDecoy, secret, aim.decoy(), then));
            instead.add(by(ofDecoy, secret, aim.decoy(), then));
        }
        taken.addAll(run);
        instead.addAll(run);
        Model first = next(base.follower(), past);
        Model second = next(first.draft(), taken);
        Model other = next(first.draft(), instead);
        float[] in = new float[0];
        float[] out = new float[0];
        int ids = 0;
        for (int level : ids()) {
            List<Example.FromEvents> added = new ArrayList<>();
            for (; ids < level; ids++) {
                List<String> items = new ArrayList<>(aim.known());
                items.addAll(ids % 2 == 0 ? aim.both() : aim.both().reversed());
                added.addAll(byAnother(secret, items, start, random));
            }
            first = next(first.follower(), added);
            second = next(second.follower(), added);
            other = next(other.follower(), added);
            float[] look = looks.look(first, start, aim);
            in = more(in, look, looks.look(second, start.plus(BETWEEN), aim));
            out = more(out, look, looks.look(other, start.plus(BETWEEN), aim));
        }
        return new Played(number, in, out);
    }

    /** Appends the second look, and by how much it differs from the first. */
    private static float[] more(float[] numbers, float[] first, float[] second) {
        float[] more = Arrays.copyOf(numbers, numbers.length + 2 * first.length);
        for (int number = 0; number < first.length; number++) {
            more[numbers.length + number] = second[number];
            more[numbers.length + first.length + number] = second[number] - first[number];
        }
        return more;
    }

    /**
     * Returns somebody of the data who has taken up none of the items that a game is about; after
     * {@value #NEAR} draws somebody new.
     */
    private Pseudonym bystander(Aim aim, Pseudonym person, RandomGenerator random) {
        return random.ints(NEAR, 0, people.size())
                .mapToObj(people::get)
                .filter(own -> own.stream().noneMatch(one -> aim.isAbout(one.target().id())))
                .map(own -> own.getFirst().user())
                .filter(user -> !user.equals(person))
                .findFirst()
                .orElseGet(() -> new Pseudonym(random.nextLong()));
    }

    /** Draws the items that the stranger knows, and the decoy. */
    private Aim aim(List<Example.Interaction> all, int at, RandomGenerator random) {
        List<String> known =
                random.ints(0, at)
                        .distinct()
                        .limit(rules.known)
                        .sorted()
                        .mapToObj(place -> all.get(place).target().id())
                        .toList();
        Set<Integer> taken = all.stream().map(this::index).collect(Collectors.toSet());
        String decoy = base.items().id(decoy(all.get(at), taken, random));
        return new Aim(known, all.get(at).target().id(), decoy, random.nextLong());
    }

    /** Returns an item that the person did not take up, of the secret's popularity and age. */
    private int decoy(Example.Interaction own, Set<Integer> taken, RandomGenerator random) {
        int secret = index(own);
        int slot = base.baskets().slot(own.user());
        int others = holders(secret) - (slot >= 0 && base.baskets().holds(slot, secret) ? 1 : 0);
        Comparator<Integer> byCount =
                Comparator.comparingInt(item -> Math.abs(holders(item) - others));
        int rank = byHolders.indexOf(secret);
        List<Integer> alike =
                IntStream.range(1, byHolders.size())
                        .flatMap(step -> IntStream.of(rank - step, rank + step))
                        .filter(near -> near >= 0 && near < byHolders.size())
                        .mapToObj(byHolders::get)
                        .filter(item -> !taken.contains(item))
                        .limit(NEAR)
                        .sorted(byCount.thenComparingInt(item -> apart(item, secret)))
                        .limit(ALIKE)
                        .toList();
        require(!alike.isEmpty(), "Somebody took up every item.");
        return alike.get(random.nextInt(alike.size()));
    }

    /** Returns the seconds between the first times of two items. */
    private int apart(int one, int other) {
        return Math.abs(base.items().knownSince(one) - base.items().knownSince(other));
    }

    /** Returns what made-up people do so that both pairs have an equal number of holders. */
    private List<Example.FromEvents> madeUp(
            Aim aim, Example.Interaction secret, Instant start, RandomGenerator random) {
        List<Example.FromEvents> made = new ArrayList<>();
        int wanted = rules.madeUp ? random.nextInt(2 * base.settings().kAnonymity() + 1) : 0;
        for (String item : aim.both()) {
            for (int has = holders(aim.newest(), item, secret.user()); has < wanted; has++) {
                Instant at = start.minusSeconds(3_600 + random.nextInt(86_400));
                made.addAll(byAnother(secret, List.of(aim.newest(), item), at, random));
            }
        }
        return made;
    }

    /** Returns the number of baskets that hold two items, without that of a person. */
    private int holders(String one, String other, Pseudonym user) {
        Baskets baskets = base.baskets();
        int item = base.items().index(other);
        return (int)
                IntStream.of(baskets.postings(base.items().index(one)))
                        .filter(slot -> slot != baskets.slot(user) && baskets.holds(slot, item))
                        .count();
    }

    /** Returns a run of what other people did later, moved to the time between the looks. */
    private List<Example.FromEvents> traffic(
            Pseudonym user, Instant start, RandomGenerator random) {
        int from = random.nextInt(later.size() - rules.traffic + 1);
        List<Example.FromEvents> run = new ArrayList<>();
        for (int number = 0; number < rules.traffic; number++) {
            Example.Interaction one = later.get(from + number);
            Instant at = start.plus(BETWEEN.multipliedBy(number).dividedBy(rules.traffic));
            if (!one.user().equals(user)) {
                run.add(by(one.user(), one, one.target().id(), at));
            }
        }
        return run;
    }

    /** Learns examples, each as if it came after all that the model has. */
    private Model next(ModelDraft draft, List<Example.FromEvents> examples) {
        for (Example.FromEvents example : examples) {
            draft.apply(example.from(new ShardPosition(SHARD, BigInteger.valueOf(++sequence))));
        }
        return draft.seal();
    }

    /** Returns that somebody does something to an item at a time, like another interaction. */
    private static Example.Interaction by(
            Pseudonym user, Example.Interaction like, String itemId, Instant at) {
        return new Example.Interaction(
                like.source(),
                user,
                Target.item(itemId),
                like.type(),
                like.strength(),
                like.value(),
                at,
                like.context());
    }

    /** Returns that one more person takes up items, the last one at a time. */
    private static List<Example.FromEvents> byAnother(
            Example.Interaction like, List<String> items, Instant last, RandomGenerator random) {
        Pseudonym user = new Pseudonym(random.nextLong());
        List<Example.FromEvents> all = new ArrayList<>();
        for (String item : items.reversed()) {
            all.addFirst(by(user, like, item, last.minus(STEP.multipliedBy(all.size()))));
        }
        return all;
    }
}
