package dev.freshet.functions.runtime;

import dev.freshet.aws.Settings;
import dev.freshet.aws.dynamodb.DynamodbUsers;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.event.StreamRecord;
import dev.freshet.experiment.DefinitionExamples;
import dev.freshet.features.ExampleFactory;
import dev.freshet.functions.runtime.StreamConsumers.LakeReplay;
import dev.freshet.lake.LakeExamples;
import dev.freshet.lake.LakeHistory;
import dev.freshet.lake.LakePeople;
import dev.freshet.lake.LakeReader;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.profile.UserProfile;
import dev.freshet.store.RetentionPolicy;
import dev.freshet.training.Replay;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The flows that build a model anew, from the history of examples or from the lake. */
record ReplayWiring(
        Settings settings,
        StackStores stores,
        Policies policies,
        ExampleFactory factory,
        InstantSource clock,
        Executor executor) {
    /**
     * Returns a replay of the history of examples into another model.
     *
     * @param from where to begin; empty for the oldest record
     * @param progress receives a sentence about what is done first
     */
    Replay replay(String modelId, Optional<Instant> from, Consumer<String> progress) {
        ModelLogs logs = stores.modelLogs();
        BigInteger known = ModelLogs.position(logs.log(modelId));
        Replay replay =
                new Replay(
                        logs,
                        modelId,
                        policies.modelSettings(),
                        stores.exampleHistory(from, known),
                        stores.quarantine(),
                        clock,
                        executor);
        if (known.signum() > 0) {
            progress.accept("Continues the replay into " + modelId + " from where it stopped.");
        } else if (from.isPresent() || !whole(logs)) {
            progress.accept("The history is incomplete: added " + before(replay) + " first.");
        }
        return replay;
    }

    /** Has a replay learn what may be older than its history, and says what. */
    private String before(Replay replay) {
        int items = replay.replayCatalog(stores.items(), new TermAnalysis());
        replay.replayDefinitions(
                new DefinitionExamples(stores.definitions(), policies.eventTypes(), clock));
        return items + " items of the catalogue";
    }

    /**
     * Returns a replay of the rows of the lake, and then of the history of examples, into another
     * model.
     *
     * @param lake read while the replay runs; not closed
     * @param from the time of receipt of the first rows
     * @param progress receives a sentence about what is done first
     * @throws LakeHistory.UnsettledException if rows are missing in the lake's settled tables
     */
    LakeReplay replayFromLake(
            String modelId, LakeReader lake, Instant from, Consumer<String> progress) {
        ModelLogs logs = stores.modelLogs();
        BigInteger known = ModelLogs.position(logs.log(modelId));
        LakePeople people = LakePeople.of(everyProfile(), factory);
        LakeExamples rows =
                new LakeExamples(
                        factory,
                        policies.eventTypes(),
                        policies.attribution(),
                        settings.get(StackOptions.ANONYMOUS_WAIT_SECONDS),
                        people);
        if (!LakeHistory.isPosition(known)) {
            return new LakeReplay(replay(modelId, Optional.empty(), progress), rows);
        }
        Instant cut = LakeHistory.cut(oldest().map(StreamRecord::arrivedAt), clock.instant());
        LakeHistory history =
                LakeHistory.open(
                        lake,
                        rows,
                        from,
                        cut,
                        known,
                        Math.toIntExact(
                                settings.retention()
                                        .period(RetentionPolicy.Kind.INTERACTIONS)
                                        .toDays()),
                        LakeHistory.ROWS_OF_SPAN,
                        stores.exampleHistory(Optional.empty(), BigInteger.ZERO),
                        clock);
        Replay replay =
                new Replay(
                        logs,
                        modelId,
                        policies.modelSettings(),
                        history,
                        stores.quarantine(),
                        clock,
                        executor);
        progress.accept(
                known.signum() > 0
                        ? "Continues the replay into " + modelId + " from where it stopped."
                        : "Added " + before(replay) + " first.");
        progress.accept("Reads the lake up to " + cut + ", and what followed from the stream.");
        return new LakeReplay(replay, rows);
    }

    /** Returns all profiles, read page by page. */
    private Stream<UserProfile> everyProfile() {
        DynamodbUsers users = stores.users();
        return Stream.iterate(
                        users.scan(Map.of()),
                        Objects::nonNull,
                        page -> page.next().isEmpty() ? null : users.scan(page.next()))
                .flatMap(page -> page.rows().stream());
    }

    private boolean whole(ModelLogs logs) {
        return oldest().filter(first -> Replay.isWhole(logs, first)).isPresent();
    }

    /** Returns the oldest record of the stream of examples. */
    private Optional<StreamRecord> oldest() {
        return stores.exampleHistory(Optional.empty(), BigInteger.ZERO).next(1).stream()
                .findFirst();
    }

    /** Returns the id of the current model. */
    String currentModel() {
        return stores.modelLogs().glance().current();
    }
}
