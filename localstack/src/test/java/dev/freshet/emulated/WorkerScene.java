package dev.freshet.emulated;

import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Target;
import dev.freshet.event.UserIdentity;
import dev.freshet.event.Value;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.Pseudonym;
import dev.freshet.functions.runtime.StackStores;
import dev.freshet.local.TestCloud;
import dev.freshet.local.WorkerProcess;
import dev.freshet.local.emulator.Child;
import dev.freshet.model.Model;
import dev.freshet.model.log.LogFollower;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.settings.ModelSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Tables and streams of one test, under a prefix, and the workers that consume them. */
final class WorkerScene implements AutoCloseable {
    static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    static final int USERS = 40;
    private static final int ITEMS = 25;
    private static final int AT_ONCE = 500;

    private final String prefix;
    private final Map<String, String> environment = new HashMap<>();
    private final Clients clients;
    private final EventCodec codec = new EventCodec();
    private final List<Child> workers = new ArrayList<>();
    private final Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private int sent;

    /** Creates a scene on the emulators that all tests share. */
    WorkerScene(String prefix, int shards) throws InterruptedException {
        this(prefix, shards, Map.of());
    }

    /**
     * Creates a scene.
     *
     * @param changed environment variables that differ, such as another Kinesis endpoint
     */
    WorkerScene(String prefix, int shards, Map<String, String> changed)
            throws InterruptedException {
        this.prefix = prefix;
        EmulatedAws.makeTables(prefix);
        environment.putAll(EmulatedAws.settings().variables());
        environment.put("AWS_ACCESS_KEY_ID", "local");
        environment.put("AWS_SECRET_ACCESS_KEY", "local");
        environment.put("FRESHET_STACK", prefix + "stack");
        environment.put("FRESHET_STAGE", "dev");
        environment.put("FRESHET_MODEL_ID", prefix + "main");
        environment.put("FRESHET_EVENTS_STREAM", events());
        environment.put("FRESHET_EXAMPLES_STREAM", examples());
        environment.put("FRESHET_SECRET", "a secret of the tests, long enough for all");
        environment.put("FRESHET_MODEL_BUCKET", EmulatedAws.MODEL_BUCKET);
        environment.put("FRESHET_QUARANTINE_BUCKET", EmulatedAws.QUARANTINE_BUCKET);
        environment.put("FRESHET_LEASES", leases());
        environment.put("FRESHET_CATALOGUE", "open");
        environment.putAll(tables(prefix));
        environment.putAll(changed);
        clients = new Clients(settings());
        EmulatedAws.makeStream(clients, events(), shards);
        EmulatedAws.makeStream(clients, examples(), 1);
    }

    static Map<String, String> tables(String prefix) {
        return Map.of(
                "FRESHET_INTERACTIONS_TABLE", prefix + EmulatedAws.INTERACTIONS,
                "FRESHET_EXPOSURES_TABLE", prefix + EmulatedAws.EXPOSURES,
                "FRESHET_OUTCOMES_TABLE", prefix + EmulatedAws.OUTCOMES,
                "FRESHET_USERS_TABLE", prefix + EmulatedAws.USERS,
                "FRESHET_ITEMS_TABLE", prefix + EmulatedAws.ITEMS,
                "FRESHET_TRENDS_TABLE", prefix + EmulatedAws.TRENDS,
                "FRESHET_EXPERIMENTS_TABLE", prefix + EmulatedAws.EXPERIMENTS,
                "FRESHET_MODELS_TABLE", prefix + EmulatedAws.MODELS);
    }

    Settings settings() {
        return Settings.from(environment);
    }

    /** Returns the settings of this scene with some variables changed. */
    Settings settings(Map<String, String> changed) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(changed);
        return Settings.from(all);
    }

    Clients clients() {
        return clients;
    }

    String events() {
        return prefix + "events";
    }

    String examples() {
        return prefix + "examples";
    }

    String leases() {
        return prefix + "leases";
    }

    int sent() {
        return sent;
    }

    /** Puts clicks of many users on many items into the stream, one second apart in event time. */
    void send(int count) {
        for (int left = count; left > 0; left -= AT_ONCE) {
            List<PutRecordsRequestEntry> records = new ArrayList<>();
            for (int i = 0; i < Math.min(left, AT_ONCE); i++) {
                String user = "user-" + sent * 7 % USERS;
                records.add(
                        PutRecordsRequestEntry.builder()
                                .partitionKey(user)
                                .data(SdkBytes.fromByteArray(codec.encode(click(user, sent++))))
                                .build());
            }
            int failed =
                    clients.kinesis()
                            .putRecords(r -> r.streamName(events()).records(records))
                            .failedRecordCount();
            if (failed > 0) {
                throw new IllegalStateException(failed + " records were refused");
            }
        }
    }

    /** Puts the erasure of one of the users into the stream, after everything sent so far. */
    void erase(String user) {
        Instant now = began;
        EventHeader header =
                EventHeader.of(prefix + "erasure-" + user, UserIdentity.user(user), now);
        SdkBytes bytes = SdkBytes.fromByteArray(codec.encode(new Event.Erasure(header, user)));
        clients.kinesis().putRecord(r -> r.streamName(events()).partitionKey(user).data(bytes));
    }

    /** Lets the functions process everything in both streams, from their beginnings. */
    void process() {
        process(settings());
    }

    /** Lets the functions process the stream of events into the stores of other settings. */
    void process(Settings into) {
        FunctionsInPlace.features(clients.kinesis(), events(), into);
        FunctionsInPlace.train(clients.kinesis(), into.text(Setting.EXAMPLES_STREAM), into);
    }

    private Event click(String user, int number) {
        Instant at = began.minus(Duration.ofHours(5)).plusSeconds(number);
        return new Event.Interaction(
                header(prefix + "event-" + number, user, at),
                EventType.CLICK,
                Target.item("item-" + number * 11 % ITEMS),
                Value.NONE);
    }

    /** Returns the header of an event of a session in Brazil. */
    static EventHeader header(String eventId, String user, Instant at) {
        return new EventHeader(
                eventId,
                UserIdentity.user(user),
                "session",
                EventTimes.at(at),
                null,
                Context.of("mobile", "BR", 9),
                null,
                Map.of(),
                null,
                null);
    }

    List<String> shards() {
        return clients.kinesis().listShards(r -> r.streamName(events())).shards().stream()
                .map(Shard::shardId)
                .sorted()
                .toList();
    }

    void awaitShards(int count) throws InterruptedException {
        await(count + " shards", Duration.ofSeconds(5), () -> shards().size() == count && active());
    }

    private boolean active() {
        return clients.kinesis()
                        .describeStreamSummary(r -> r.streamName(events()))
                        .streamDescriptionSummary()
                        .streamStatus()
                == StreamStatus.ACTIVE;
    }

    /** Returns the distinct event times learned for each user, in the order of learning. */
    Map<Pseudonym, List<Instant>> learnedTimesByUser() {
        Map<Pseudonym, List<Instant>> times = new HashMap<>();
        for (StreamRecord record : StreamRecords.of(clients.kinesis(), examples())) {
            for (Example example : ExampleCodec.decode(record.data())) {
                if (example instanceof Example.Interaction interaction) {
                    List<Instant> of =
                            times.computeIfAbsent(interaction.user(), r -> new ArrayList<>());
                    if (!of.contains(interaction.at())) {
                        of.add(interaction.at());
                    }
                }
            }
        }
        return times;
    }

    /** Starts a worker as a process of the packaged layout. */
    Child startWorker(String name) {
        Path log = EmulatedAws.FOLDER.resolve(prefix + name + ".log");
        Child worker = Child.start(name, WorkerProcess.command(HOME), environment, log);
        workers.add(worker);
        return worker;
    }

    /** Returns every row of a table. */
    List<Map<String, AttributeValue>> rows(String table) {
        return clients
                .dynamoDb()
                .scanPaginator(r -> r.tableName(table).consistentRead(true))
                .items()
                .stream()
                .toList();
    }

    int interactions() {
        return rows(prefix + EmulatedAws.INTERACTIONS).size();
    }

    /** Returns the leases of a stream's shards, by shard. */
    Map<String, Map<String, AttributeValue>> leases(String kind) {
        return rows(leases() + "-" + kind).stream()
                .filter(row -> row.containsKey("checkpoint"))
                .collect(
                        Collectors.toMap(
                                row -> Objects.requireNonNull(row.get("leaseKey")).s(),
                                row -> row));
    }

    ModelLog log(Settings of) {
        return new StackStores(of, clients, InstantSource.system()).modelLogs().log(of.modelId());
    }

    /** Returns the model at the end of a log. */
    Model model(Settings of) {
        return LogFollower.newest(log(of), ModelSettings.DEFAULT).versioned().model();
    }

    Model model() {
        return model(settings());
    }

    /**
     * Waits until a condition holds.
     *
     * @return how long it took
     */
    static Duration await(String what, Duration timeLimit, BooleanSupplier condition)
            throws InterruptedException {
        long started = System.nanoTime();
        TestCloud.await(
                timeLimit,
                () -> condition.getAsBoolean() ? "" : "this does not hold: " + what,
                String::isEmpty);
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /**
     * Waits until the model has learned everything sent; checks the rows first, because they are
     * cheaper to read.
     */
    void awaitTrained(Duration timeLimit) throws InterruptedException {
        await(sent + " rows", timeLimit, () -> interactions() >= sent);
        await(
                sent + " events learned",
                timeLimit,
                () -> log(settings()).head().isPresent() && model().totals().events() >= sent);
    }

    /** Returns the log of a worker, for the message of a failed assertion. */
    static String logOf(Child worker) throws java.io.IOException {
        return Files.readString(worker.log());
    }

    @Override
    public void close() {
        workers.forEach(Child::close);
        clients.close();
    }
}
