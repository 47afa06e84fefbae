package dev.freshet.simulation;

import dev.freshet.event.ShardPosition;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ExampleLog;
import dev.freshet.example.ExampleTraces;
import dev.freshet.example.ListCredit;
import dev.freshet.features.Interactions;
import dev.freshet.features.StoredInteraction;
import dev.freshet.local.template.MappingRules;
import dev.freshet.model.HighWaterMarks;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.NewestVersion;
import dev.freshet.model.popularity.TrendWindow;
import dev.freshet.model.popularity.Trends;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import dev.freshet.testkit.ForwardingInteractions;
import dev.freshet.testkit.ModelLogsWith;
import dev.freshet.testkit.ModelWithout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A plausible bug and the experiment that has to detect it. */
@SuppressWarnings("ImmutableEnumChecker") // bugs have no state
enum PlantedBug {
    /** The row is considered new regardless of who put it. */
    CONDITION_SKIPPED(
            Experiment.REDELIVERY, world -> world.interactionsBug = PlantedBug::alwaysStored),
    /** A trainer whose version was refused believes that it was stored. */
    REFUSAL_OVERHEARD(Experiment.TRAINERS, world -> world.logBug = PlantedBug::neverRefused),
    /** The function reports that all records are finished when they are not. */
    WRONG_CHECKPOINT(
            Experiment.FAILING_STORES,
            world -> world.features.spoil((answer, batch) -> "{\"batchItemFailures\":[]}")),
    /** The function reports the highest unfinished number. */
    HIGHEST_INSTEAD_OF_LOWEST(
            Experiment.FAILING_STORES,
            world ->
                    world.features.spoil(
                            (answer, batch) ->
                                    answer.contains("itemIdentifier")
                                            ? "{\"batchItemFailures\":[{\"itemIdentifier\":\""
                                                    + batch.last().sequenceNumber()
                                                    + "\"}]}"
                                            : answer)),
    /** Counts of a window are added to the stored ones. */
    ADD_INSTEAD_OF_PUT(Experiment.UNHEARD, world -> world.trendsBug = PlantedBug::adding),
    /** A trainer announces a version before it knows whether its row was stored. */
    ANNOUNCED_BEFORE_STORED(
            Experiment.TRAINERS, world -> world.logsBug = PlantedBug::announcingFirst),
    /** Snapshots are written without their high-water marks. */
    MARKS_NOT_STORED(
            Experiment.REPLAY, world -> world.logBug = log -> spoilt(log, ModelWithout::marks)),
    /** A click counts on the day of the click, not on that of its list. */
    CLICK_ON_ITS_OWN_DAY(
            Experiment.REDELIVERY,
            world -> world.examplesBug = log -> changed(log, PlantedBug::onItsDay)),
    /** A click counts for the segment in which its user is by then, not for that of its list. */
    SEGMENT_OF_THE_CLICK(
            Experiment.REDELIVERY,
            world -> world.examplesBug = log -> changed(log, PlantedBug::inSegmentOne)),
    /** A row has the session with which its user began. */
    SESSION_NOT_ENDED(
            Experiment.REDELIVERY, world -> world.interactionsBug = PlantedBug::inFirstSession),
    /** Snapshots are written without the segments of users. */
    SEGMENTS_NOT_STORED(
            Experiment.SEGMENTS,
            world -> world.logBug = log -> spoilt(log, ModelWithout::segments)),
    /** A profile does not store the position of the last counted impression. */
    SHOWN_MARK_NOT_STORED(
            Experiment.REDELIVERY, world -> world.usersBug = PlantedBug::withoutShownMark),
    /**
     * Two batches of a shard run concurrently, and the later one raises the mark above the earlier
     * one.
     */
    TWO_BATCHES_A_SHARD(
            Experiment.FAILING_STORES,
            world -> world.features.useRules(World.rules(100, MappingRules.UNLIMITED, 4))),
    /** Child shards are read concurrently with their parents. */
    CHILDREN_AT_ONCE(Experiment.RESHARD, world -> world.features.readsChildrenAtOnce()),
    /** Another mapping begins at the newest record, whatever waits for the one before it. */
    READER_BEGINS_AT_THE_END(Experiment.READERS, world -> world.features.successorBeginsAtTheEnd()),
    /** A batch is given up after a few retries. */
    FINITE_RETRIES(
            Experiment.FAILING_STORES, world -> world.features.useRules(World.rules(100, 2, 1)));

    private final Experiment finder;
    private final Consumer<World> plant;

    PlantedBug(Experiment finder, Consumer<World> plant) {
        this.finder = finder;
        this.plant = plant;
    }

    Experiment finder() {
        return finder;
    }

    void plant(World world) {
        plant.accept(world);
    }

    private static Interactions alwaysStored(Interactions sound) {
        return new ForwardingInteractions(sound) {
            @Override
            public Put putIfAbsent(StoredInteraction row, @Nullable ShardPosition retryOf) {
                sound.putIfAbsent(row, retryOf);
                return Put.STORED;
            }
        };
    }

    private static ExampleLog changed(ExampleLog sound, UnaryOperator<Example> change) {
        return record ->
                sound.put(
                        ExampleTraces.with(
                                ExampleTraces.of(record),
                                ExampleCodec.encode(
                                        ExampleCodec.decode(record).stream()
                                                .map(change)
                                                .toList())));
    }

    private static Example inSegmentOne(Example example) {
        if (!(example instanceof Example.Interaction click) || click.credit() == null) {
            return example;
        }
        ListCredit credit = click.credit();
        List<String> labels =
                credit.arms().stream().map(label -> label.startsWith(":") ? ":s1" : label).toList();
        return click.credited(credit(credit, labels, credit.hour()));
    }

    /** Returns a credit for a list of other labels and another hour, without shadows. */
    private static ListCredit credit(ListCredit credit, List<String> labels, int hour) {
        return new ListCredit(
                credit.kind(),
                new ListCredit.ListPlace(
                        credit.attributed(),
                        credit.placement(),
                        labels,
                        hour,
                        credit.position(),
                        credit.sources()),
                credit.seen(),
                credit.first(),
                credit.amount(),
                credit.currency(),
                List.of());
    }

    private static StoredInteraction in(String session, StoredInteraction row) {
        return new StoredInteraction(
                row.userId(),
                row.eventId(),
                row.times(),
                row.act(),
                session,
                row.context(),
                row.owner(),
                row.credit(),
                row.properties());
    }

    private static Interactions inFirstSession(Interactions sound) {
        Map<String, String> sessions = new ConcurrentHashMap<>();
        return new ForwardingInteractions(sound) {
            @Override
            public Put putIfAbsent(StoredInteraction row, @Nullable ShardPosition retryOf) {
                String session = row.sessionId();
                return sound.putIfAbsent(
                        session == null
                                ? row
                                : in(sessions.computeIfAbsent(row.userId(), user -> session), row),
                        retryOf);
            }
        };
    }

    private static Example onItsDay(Example example) {
        if (!(example instanceof Example.Interaction click)
                || click.credit() == null
                || !click.credit().kind().isClick()) {
            return example;
        }
        ListCredit credit = click.credit();
        int hour = (int) (click.at().getEpochSecond() / 3_600);
        return click.credited(credit(credit, credit.arms(), hour));
    }

    private static Trends adding(Trends sound) {
        return new Trends() {
            @Override
            public boolean put(TrendWindow window) {
                List<TrendWindow.Count> counts = new ArrayList<>();
                List<TrendWindow> stored =
                        sound.between(
                                window.scope(),
                                window.length(),
                                window.start(),
                                window.start().plusSeconds(1));
                for (TrendWindow.Count count : window.top()) {
                    long before =
                            stored.stream()
                                    .flatMap(row -> row.top().stream())
                                    .filter(row -> row.itemId().equals(count.itemId()))
                                    .mapToLong(TrendWindow.Count::count)
                                    .sum();
                    counts.add(new TrendWindow.Count(count.itemId(), before + count.count()));
                }
                return sound.put(
                        new TrendWindow(
                                window.scope(),
                                window.length(),
                                window.start(),
                                counts,
                                window.modelVersion()));
            }

            @Override
            public List<TrendWindow> between(
                    String scope, Duration length, Instant from, Instant to) {
                return sound.between(scope, length, from, to);
            }
        };
    }

    private static Users withoutShownMark(Users sound) {
        return new Users() {
            @Override
            public UserProfile get(String userId) {
                return forgetful(sound.get(userId));
            }

            @Override
            public Map<String, UserProfile> getAll(Set<String> userIds) {
                Map<String, UserProfile> all = new java.util.HashMap<>();
                sound.getAll(userIds).forEach((id, profile) -> all.put(id, forgetful(profile)));
                return all;
            }

            @Override
            public boolean put(UserProfile changed) {
                return sound.put(changed);
            }
        };
    }

    private static UserProfile forgetful(UserProfile profile) {
        return profile.shown(profile.shown(), null);
    }

    private static ModelLog neverRefused(ModelLog sound) {
        return View.of(
                ModelLog.class,
                sound,
                (method, arguments, call) -> {
                    Object answer = call.get();
                    return method.equals("append")
                                    && answer instanceof Optional<?> row
                                    && row.isEmpty()
                            ? Optional.of(
                                    new ModelLog.Version(
                                            (long) arguments[0],
                                            "",
                                            "",
                                            0,
                                            (HighWaterMarks) arguments[2],
                                            (String) arguments[3],
                                            (Instant) arguments[4]))
                            : answer;
                });
    }

    private static ModelLogs announcingFirst(ModelLogs sound) {
        return new ModelLogsWith(
                sound,
                id -> {
                    ModelLog log = sound.log(id);
                    return View.of(
                            ModelLog.class,
                            log,
                            (method, arguments, call) -> {
                                if (method.equals("append")) {
                                    long version = (long) arguments[0];
                                    sound.announce(
                                            new NewestVersion(
                                                    id,
                                                    version,
                                                    log.putSpan(version, (byte[]) arguments[1]),
                                                    (Instant) arguments[4],
                                                    null));
                                }
                                return call.get();
                            });
                },
                UnaryOperator.identity());
    }

    private static ModelLog spoilt(ModelLog sound, UnaryOperator<Model> change) {
        return View.of(
                ModelLog.class,
                sound,
                (method, arguments, call) -> {
                    Object answer = call.get();
                    return method.equals("snapshot")
                            ? SnapshotCodec.encode(
                                    change.apply(
                                            SnapshotCodec.decode(
                                                    (byte[]) Objects.requireNonNull(answer))))
                            : answer;
                });
    }
}
