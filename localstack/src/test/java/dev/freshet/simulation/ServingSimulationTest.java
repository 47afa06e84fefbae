package dev.freshet.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.Signer;
import dev.freshet.candidate.CandidateFilter.FrequencyCap;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.Interactions;
import dev.freshet.functions.runtime.Entropy;
import dev.freshet.model.Model;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.Replica;
import dev.freshet.model.log.Trainer;
import dev.freshet.profile.AttributeRules;
import dev.freshet.profile.Users;
import dev.freshet.query.QueryReader;
import dev.freshet.ranking.Strategy;
import dev.freshet.ranking.Temperatures;
import dev.freshet.recommend.AllowedPlacements;
import dev.freshet.recommend.Hydrator;
import dev.freshet.recommend.Recommendations;
import dev.freshet.recommend.Recommender;
import dev.freshet.recommend.Recommender.ReadParts;
import dev.freshet.recommend.ReplicaModelSupplier;
import dev.freshet.recommend.ResponseAssembler;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryInteractions;
import dev.freshet.testkit.memory.MemoryModelLog;
import dev.freshet.testkit.memory.MemoryUsers;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.crac.Core;
import org.junit.jupiter.api.Test;

/**
 * Simulation of the read flow while stores are down, hang, or were last reached an hour ago. Its
 * time budgets are real, so these runs wait for a budget, but never sleep.
 */
class ServingSimulationTest {
    private static final int SEEDS = Integer.getInteger("freshet.simulation.seeds", 50);
    private static final Duration BUDGET = Duration.ofMillis(15);

    /** Tolerance that a loaded machine may add to a budget. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final Executor EXECUTOR = task -> Thread.ofVirtual().start(task);

    private static final Signer SIGNER =
            new Signer("a simulation's".getBytes(StandardCharsets.UTF_8)).derive(Signer.EXPOSURE);

    private enum State {
        UP,
        DOWN,
        HANGING
    }

    /** A read side and its stores, each of which can be switched off. */
    private static final class Site {
        private final SettableClock clock = new SettableClock(World.BEGINNING);
        private final MemoryModelLog log = new MemoryModelLog(clock);
        private final CountDownLatch never = new CountDownLatch(1);
        private final Recommender recommender;
        private State interactions = State.UP;
        private State users = State.UP;
        private State models = State.UP;

        private Site(RandomGenerator random, Executor executor) {
            Hydrator hydrator =
                    new Hydrator(
                            switched(
                                    Interactions.class,
                                    new MemoryInteractions(clock),
                                    () -> interactions),
                            switched(Users.class, new MemoryUsers(clock), () -> users),
                            new Hydrator.Budget(BUDGET, BUDGET),
                            clock);
            Replica replica =
                    new Replica(
                            switched(ModelLog.class, log, () -> models),
                            World.MODEL,
                            clock,
                            executor);
            recommender =
                    new Recommender(
                            new ReadParts(
                                    hydrator,
                                    new ReplicaModelSupplier(
                                            replica, World.MODEL.catalogue(), clock),
                                    new ResponseAssembler(() -> SIGNER, AllowedPlacements.ANY),
                                    Strategy.of(Strategy.USUAL).orElseThrow(),
                                    Temperatures.NONE,
                                    FrequencyCap.DEFAULT,
                                    AttributeRules.DEFAULT,
                                    clock,
                                    () -> 0,
                                    random));
        }

        private Recommendations ask() {
            return recommender.recommend(
                    QueryReader.recommendation("{\"userId\":\"u\"}", clock.instant()));
        }

        private void learn() {
            List<Example> some = new ArrayList<>();
            for (int i = 1; i <= 20; i++) {
                some.add(
                        new Example.Interaction(
                                new ShardPosition("events/0", BigInteger.valueOf(i)),
                                new Pseudonym(i % 5),
                                Target.item("item-" + i % 7),
                                EventType.CLICK,
                                1,
                                0,
                                clock.instant(),
                                Context.of("mobile", "BR", 9)));
            }
            Trainer.Step step = Trainer.train(Model.empty(World.MODEL), some);
            log.append(1, step.delta(), step.model().marks(), "1", clock.instant());
        }

        private <T> T switched(Class<T> port, T store, java.util.function.Supplier<State> state) {
            return View.of(
                    port,
                    store,
                    (method, arguments, call) ->
                            switch (state.get()) {
                                case DOWN ->
                                        throw new StoreUnavailableException(
                                                port.getSimpleName(),
                                                new IllegalStateException("injected"));
                                case HANGING -> {
                                    never.await();
                                    throw new AssertionError("never");
                                }
                                case UP -> call.get();
                            });
        }
    }

    @Test
    void anyStoreDownGivesADegradedAnswerWithinTheBudget() {
        List<String> wrong = new ArrayList<>();
        int faults = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Site site = new Site(random, EXECUTOR);
            site.learn();
            boolean known = random.nextInt(4) > 0;
            if (known) {
                site.recommender.recommend(QueryReader.recommendation("{}", site.clock.instant()));
                boolean frozen = random.nextInt(20) == 0;
                site.clock.advance(Duration.ofSeconds(random.nextInt(frozen ? 3_600 : 20)));
            }
            site.interactions = State.values()[random.nextInt(3)];
            site.users = State.values()[random.nextInt(3)];
            site.models = State.values()[random.nextInt(3)];
            long begun = System.nanoTime();
            Recommendations answer = site.ask();
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            faults += site.interactions == State.UP ? 0 : 1;
            faults += site.users == State.UP ? 0 : 1;
            faults += site.models == State.UP ? 0 : 1;
            String about = "seed %d, %s: ".formatted(seed, answer.degradedReasons());
            if (took.compareTo(BUDGET.plus(Replica.MAX_WAIT_AFTER_IDLE).plus(GRACE)) > 0) {
                wrong.add(about + "took " + took);
            }
            checkReasons(site.interactions, "history", answer, about, wrong);
            checkReasons(site.users, "profile", answer, about, wrong);
            boolean behind =
                    !known || answer.modelAge().compareTo(ReplicaModelSupplier.TOO_OLD) > 0;
            if (site.models != State.UP && behind) {
                checkReasons(site.models, "model", answer, about, wrong);
            }
            if (known && answer.items().isEmpty()) {
                wrong.add(about + "no item although a model was loaded");
            }
        }
        Table.add(
                14, "any store down or hanging while serving", SEEDS, SEEDS, faults, wrong.size());
        assertThat(wrong).isEmpty();
    }

    private static void checkReasons(
            State state, String what, Recommendations answer, String about, List<String> wrong) {
        boolean said =
                answer.degradedReasons().stream().anyMatch(reason -> reason.startsWith(what + "-"));
        if (said == (state == State.UP)) {
            wrong.add(about + what + " is " + state);
        }
    }

    /**
     * A snapshot image restored in two processes gives them equal state; each must continue with
     * its own ids.
     */
    @Test
    void processesRestoredFromOneImageHaveDifferentIdsAndAFrozenReplicaReportsItsAge() {
        List<String> wrong = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            SplittableRandom machines = new SplittableRandom(seed);
            Entropy[] images = {image(seed, machines), image(seed, machines)};
            Site[] processes = {
                new Site(images[0], Runnable::run), new Site(images[1], Runnable::run)
            };
            String unrestored = processes[0].ask().recommendationId();
            if (!unrestored.equals(processes[1].ask().recommendationId())) {
                wrong.add("seed " + seed + ": the two processes differ in more than their ids");
            }
            for (int i = 0; i < 2; i++) {
                images[i].afterRestore(Core.getGlobalContext());
                if (!ids.add(processes[i].ask().recommendationId())) {
                    wrong.add("seed " + seed + ": two responses have one id");
                }
            }
            frozen(processes[0], machines, "seed " + seed + ": ", wrong);
        }
        Table.add(
                15,
                "two processes from one image; a replica frozen for an hour",
                SEEDS,
                3L * SEEDS,
                2L * SEEDS,
                wrong.size());
        assertThat(wrong).isEmpty();
    }

    private static Entropy image(int seed, SplittableRandom machines) {
        RandomGenerator[] next = {new SplittableRandom(seed)};
        return new Entropy(
                () -> {
                    RandomGenerator now = next[0];
                    next[0] = machines.split();
                    return now;
                });
    }

    private static void frozen(
            Site site, SplittableRandom random, String about, List<String> wrong) {
        site.learn();
        site.clock.advance(Duration.ofMinutes(60));
        boolean reachable = random.nextBoolean();
        site.models = reachable ? State.UP : State.DOWN;
        Recommendations answer = site.ask();
        boolean said = answer.degradedReasons().contains("model-stale");
        if (reachable && (answer.modelVersion() != 1 || said)) {
            wrong.add(about + "the newest version was available and not served");
        }
        if (!reachable && (!said || answer.modelAge().compareTo(Duration.ofMinutes(60)) < 0)) {
            wrong.add(about + "an hour old, and reports " + answer.degradedReasons());
        }
    }
}
