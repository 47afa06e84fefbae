package dev.freshet.simulation;

import static dev.freshet.simulation.FaultRates.CALM;

import dev.freshet.simulation.FaultRates.RandomFault;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Faults injected into the write flow and behaviour of the users; each seed draws its own severity.
 */
@SuppressWarnings("ImmutableEnumChecker") // settings have no state
enum Experiment {
    REDELIVERY(
            1,
            "each record delivered again and again, batches cut at random, clients' own resends",
            (run, random) -> {
                run.weather = CALM.redelivering(0.2 + 0.4 * random.nextDouble());
                run.habits(new UserBehaviour().resending(0.5));
            }),
    DEATH(
            2,
            "death before and after every write, then retry",
            (run, random) -> {
                if (run.seed % 2 == 0) {
                    run.weather = CALM.with(RandomFault.DEATH, 0.005 + 0.06 * random.nextDouble());
                } else {
                    run.nature.dieAt(run.seed / 2);
                }
            }),
    POISON(
            3,
            "poison first, in the middle and last; code that throws, and is repaired later",
            (run, random) -> {
                run.misdeeds.poison = 1 + random.nextInt(6);
                run.habits(new UserBehaviour().retracting(0));
                run.misdeeds.throwing(0.05 * random.nextDouble());

                run.weather = CALM.redelivering(0.1 * random.nextDouble());
            }),
    ANSWERS(
            4,
            "answers that name more than the lowest, or a blank, or under another key",
            (run, random) -> {
                run.weather = CALM.with(RandomFault.REFUSED, 0.02 + 0.1 * random.nextDouble());
                run.misdeeds.spoil();
            }),
    FAILING_STORES(
            5,
            "stores failing 1 to 50 % of calls",
            (run, random) -> {
                double share = 0.01 * Math.pow(50, random.nextDouble());
                run.weather =
                        CALM.with(RandomFault.REFUSED, share)
                                .with(RandomFault.RECORD_REFUSED, share);
                run.habits(new UserBehaviour().people(6).requests(2));
            }),
    UNHEARD(
            6,
            "writes that happen though their caller sees a timeout, at once or a minute late",
            (run, random) ->
                    run.weather =
                            CALM.with(RandomFault.UNHEARD, 0.02 + 0.2 * random.nextDouble())
                                    .with(RandomFault.LATE, 0.08 * random.nextDouble())),
    REPLAY(
            7,
            "both streams replayed an hour later, and from the start, also over rows expired and not yet"
                    + " deleted",
            (run, random) -> run.replays = true),
    RESHARD(
            8,
            "shards split and merged with a backlog",
            (run, random) -> {
                run.misdeeds.reshards = 1 + random.nextInt(6);
                run.weather = CALM.redelivering(0.15 * random.nextDouble());
            }),
    CLOCKS(
            9,
            "clocks wrong by up to seven days, events late and in the future",
            (run, random) -> {
                run.habits(
                        new UserBehaviour()
                                .resending(0.2)
                                .skewed(Duration.ofDays(random.nextInt(2) == 0 ? 1 : 7)));
                run.weather = CALM.redelivering(0.1 * random.nextDouble());
            }),
    HOT(
            10,
            "nine tenths of the traffic on one item, one person with most of the events",
            (run, random) -> {
                run.habits(new UserBehaviour().people(2).requests(30).onOneItem(0.9));
                run.maxTurnsAnEvent = 200;
                run.weather = CALM.redelivering(0.1 * random.nextDouble());
            }),
    TRAINERS(
            11,
            "two trainers at once, late appends, death between delta and row, concurrent compaction,"
                    + " catalogue versions reversed",
            (run, random) -> {
                run.weather =
                        CALM.with(RandomFault.OVERTIME, 0.3 * random.nextDouble())
                                .with(RandomFault.LATE, 0.1 * random.nextDouble())
                                .with(RandomFault.DEATH, 0.03 * random.nextDouble());
                run.reversedCatalogue = true;
                run.betweenCompactions = Duration.ofSeconds(3);
            }),
    DAMAGE(
            12,
            "objects of the model log missing, cut short, or with a flipped bit",
            (run, random) -> run.misdeeds.damages = 1 + random.nextInt(8)),
    PUTS(
            13,
            "PutRecords failing record by record, acknowledgements lost",
            (run, random) -> {
                run.weather =
                        CALM.with(RandomFault.RECORD_REFUSED, 0.05 + 0.4 * random.nextDouble())
                                .with(RandomFault.UNHEARD, run.seed % 2 == 0 ? 0 : 0.1);
                run.eachPutOnce = true;
            }),
    REBUILD(
            17,
            "models rebuilt from the stream with two concurrent trainers, dying meanwhile, each made current",
            (run, random) -> {
                run.weather =
                        CALM.with(RandomFault.REFUSED, 0.05 * random.nextDouble())
                                .with(RandomFault.UNHEARD, 0.05 * random.nextDouble())
                                .with(RandomFault.LATE, 0.04 * random.nextDouble())
                                .with(RandomFault.DEATH, 0.01 * random.nextDouble())
                                .with(RandomFault.AGAIN, 0.1 * random.nextDouble())
                                .with(RandomFault.FORGOTTEN, 0.1 * random.nextDouble())
                                .with(RandomFault.OVERTIME, 0.2 * random.nextDouble());
                run.habits(
                        run.seed % 4 == 0
                                ? new UserBehaviour()
                                        .people(3)
                                        .requests(12)
                                        .pausing(Duration.ofSeconds(15))
                                : new UserBehaviour().requests(8));
                run.rebuilds = 1 + random.nextInt(2);
            }),
    SEGMENTS(
            18,
            "segments drawn while records come again and trainers die or overtake each other",
            (run, random) -> {
                run.weather =
                        CALM.redelivering(0.2 * random.nextDouble())
                                .with(RandomFault.OVERTIME, 0.2 * random.nextDouble())
                                .with(RandomFault.DEATH, 0.005 * random.nextDouble());
                run.habits(new UserBehaviour().people(20).requests(9).clicking());
                run.drawsSegments = true;
            }),
    READERS(
            19,
            "other mappings that begin where the ones before them stood, and read beside them at first",
            (run, random) -> {
                run.misdeeds.readers = 1 + random.nextInt(4);
                run.misdeeds.reshards = random.nextInt(3);
                run.weather =
                        CALM.redelivering(0.2 * random.nextDouble())
                                .with(RandomFault.REFUSED, 0.05 * random.nextDouble())
                                .with(RandomFault.DEATH, 0.005 * random.nextDouble());
            }),
    STORM(
            16,
            "all of it together",
            (run, random) -> {
                run.weather =
                        CALM.with(RandomFault.REFUSED, 0.06 * random.nextDouble())
                                .with(RandomFault.UNHEARD, 0.06 * random.nextDouble())
                                .with(RandomFault.LATE, 0.04 * random.nextDouble())
                                .with(RandomFault.DEATH, 0.01 * random.nextDouble())
                                .with(RandomFault.AGAIN, 0.2 * random.nextDouble())
                                .with(RandomFault.FORGOTTEN, 0.2 * random.nextDouble())
                                .with(RandomFault.OVERTIME, 0.1 * random.nextDouble())
                                .with(RandomFault.RECORD_REFUSED, 0.1 * random.nextDouble());
                run.habits(new UserBehaviour().resending(0.3));
                run.misdeeds.reshards = random.nextInt(4);
                run.misdeeds.poison = random.nextInt(3);
            });

    /** Configures a run. */
    interface Setting {
        void prepare(Run run, RandomGenerator random);
    }

    private final int number;
    private final String fault;
    private final Setting setting;

    Experiment(int number, String fault, Setting setting) {
        this.number = number;
        this.fault = fault;
        this.setting = setting;
    }

    int number() {
        return number;
    }

    String fault() {
        return fault;
    }

    void prepare(Run run, RandomGenerator random) {
        setting.prepare(run, random);
    }
}
