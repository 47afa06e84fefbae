package dev.freshet.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.freshet.access.AccessKeys;
import dev.freshet.access.KeyGenerator;
import dev.freshet.access.KeyGenerator.Minted;
import dev.freshet.api.Drain;
import dev.freshet.api.FreshetClient;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.catalog.Catalog;
import dev.freshet.folder.OwnerKeys;
import dev.freshet.functions.runtime.StackStores;
import dev.freshet.local.Options.Switch;
import dev.freshet.local.emulator.Child;
import dev.freshet.local.emulator.Emulators;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.function.LambdaApi;
import dev.freshet.local.function.RateRules;
import dev.freshet.local.gateway.Gateway;
import dev.freshet.local.gateway.UsagePlanLimits;
import dev.freshet.local.host.HttpReply;
import dev.freshet.local.host.LocalCloudException;
import dev.freshet.local.host.LoopbackServer;
import dev.freshet.local.host.OpenedParts;
import dev.freshet.local.host.StateFolder;
import dev.freshet.local.lake.BatchDelivery;
import dev.freshet.local.lake.FolderLakes;
import dev.freshet.local.lake.LakeItems;
import dev.freshet.local.lake.LocalDelivery;
import dev.freshet.local.lake.LocalLake;
import dev.freshet.local.mapping.Checkpoints;
import dev.freshet.local.mapping.Destination;
import dev.freshet.local.mapping.KinesisSource;
import dev.freshet.local.mapping.MappingRunner;
import dev.freshet.local.measure.MeasurementServer;
import dev.freshet.local.template.Cloud;
import dev.freshet.local.template.Cloud.FunctionDefinition;
import dev.freshet.local.template.Cloud.MappingSpec;
import dev.freshet.local.template.TemplateReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A running local cloud, created by {@link #start} and ended by {@link #close}.
 *
 * <p>Starting takes about three seconds: the emulators in parallel, then the resources of the
 * template, then the functions, the mappings and last the API. Everything listens on 127.0.0.1. No
 * process outlives this one, however it ends; the state persists.
 */
public final class LocalCloud implements AutoCloseable {

    /** Every so many batches are delivered to the lake twice, where that is wanted. */
    private static final int REPEATED = 4;

    /** Name of the function that appends to the model log. */
    private static final String TRAINER = "train";

    /** The longest time that functions may need for what is in the streams. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** How long a key that a page is handed is valid. */
    private static final Duration DASHBOARD_KEY = Duration.ofHours(1);

    private final Options options;
    private final Instant startedAt;
    private final InstantSource clock;
    private final OpenedParts opened;
    private final StateFolder state;
    private final Emulators emulators;
    private final LocalEnvironment environment;
    private final LocalFunctions functions;
    private final Gateway gateway;
    private final MeasurementServer measurements;
    private final List<MappingRunner> mappings = new ArrayList<>();
    private final Settings settings;
    private final Optional<AccessKeys> keys;
    private final Optional<OwnerKeys> ownerKeys;
    private @Nullable Minted dashboardKey;
    private final Map<String, Map<String, String>> environments;
    private final TrainingWatch training;

    private volatile boolean closing;
    private volatile Optional<String> toldFull = Optional.empty();

    /**
     * Starts a local cloud and returns when it answers.
     *
     * @throws LocalCloudException if it cannot be started; no process is left running then
     */
    public static LocalCloud start(Options options) {
        return new LocalCloud(options);
    }

    private LocalCloud(Options asked) {
        this.opened = new OpenedParts(asked.messages());
        this.options = asked.withMessages(line -> tell(line, asked.messages()));
        this.clock = options.clock();
        this.startedAt = clock.instant();
        Cloud cloud =
                OptionalFunctions.added(
                        TemplateReader.read(options.template()), options.settings());
        this.state = opened.open(StateFolder.take(options.state()));
        try {
            if (options.has(Switch.FRESH)) {
                state.empty();
            }
            this.emulators =
                    opened.open(Emulators.start(options.home(), state, options.messages()));
            LambdaApi lambda = opened.open(new LambdaApi());
            Path logs = state.folder("logs");
            this.measurements =
                    opened.open(
                            new MeasurementServer(
                                    logs,
                                    state.path().resolve("flow-history.json"),
                                    clock,
                                    options.messages()));
            this.environment =
                    new LocalEnvironment(
                            emulators,
                            lambda.uri(),
                            measurements.uri(),
                            state.secret(new SecureRandom()),
                            state.starts(),
                            options);
            this.settings = Settings.from(environment.ofAll(cloud));
            this.environments =
                    cloud.functions().stream()
                            .collect(Collectors.toMap(FunctionDefinition::name, environment::of));
            Clients clients = opened.open(new Clients(settings));
            new Provisioning(clients).make(cloud);
            StackStores stores = new StackStores(settings, clients, clock);
            this.keys = settings.find(Setting.KEYS_TABLE).map(_ -> stores.accessKeys());
            settings.find(Setting.ITEMS_TABLE)
                    .flatMap(_ -> CloudStatus.earlier(state, stores.items()))
                    .ifPresent(options.messages());
            this.ownerKeys =
                    keys.map(table -> OwnerKeySetup.ensured(state, table, clock.instant()));
            this.functions =
                    opened.open(
                            new LocalFunctions(cloud, options, environment, logs, LocalCloud::id));
            functions.warm();
            lambda.serve(functions.byName());
            this.gateway =
                    opened.open(
                            new Gateway(
                                    options.port(),
                                    cloud,
                                    options.site(),
                                    functions::invoke,
                                    UsagePlanLimits.of(
                                            cloud.usagePlans(),
                                            keys,
                                            options.has(Switch.PLANS_LIFTED),
                                            clock),
                                    LocalCloud::id,
                                    clock,
                                    options.messages()));
            gateway.count(measurements.meter());
            gateway.serve("/_freshet/status", this::answerStatus);
            if (!options.has(Switch.WORKER)) {
                cloud.mappings().forEach(this::startMapping);
                measurements.consumers(
                        () -> mappings.stream().map(MappingRunner::consumer).toList());
            }
            if (cloud.function(OptionalFunctions.LAKE).isPresent()) {
                startLake(clients);
            }
            RateRules rules = opened.open(new RateRules(functions.byName(), clock, LocalCloud::id));
            cloud.schedules().forEach(rules::start);
            this.training =
                    opened.open(
                            new TrainingWatch(
                                    () -> functions.errors(TRAINER),
                                    () -> CloudStatus.trainingStop(settings, clock),
                                    options.messages()));
            gateway.start();
            state.running(
                    gateway.uri(),
                    options.has(Switch.WORKER)
                            ? WorkerProcess.environment(settings)
                            : settings.variables());
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new LocalCloudException("Interrupted while starting.", e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Passes on a line of what runs here. An orderly end makes things fail, which is no news; where
     * the disk is full, which makes everything fail, that is told once instead.
     */
    private void tell(String line, Consumer<String> messages) {
        if (closing) {
            return;
        }
        Optional<String> full = StateFolder.full(state.path(), StateFolder.LEAST_SPACE);
        if (full.isEmpty() || !full.equals(toldFull)) {
            messages.accept(full.orElse(line));
        }
        toldFull = full;
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    private void startMapping(MappingSpec mapping) {
        Clients clients =
                opened.open(new Clients(Settings.from(environmentOf(mapping.function()))));
        MappingRunner runner =
                opened.open(
                        new MappingRunner(
                                mapping,
                                new KinesisSource(
                                        clients.kinesis(), mapping.stream(), options::onClock),
                                functions.named(mapping.function()),
                                mapping.destination()
                                        .map(bucket -> Destination.bucket(clients.s3(), bucket))
                                        .orElse(Destination.NONE),
                                checkpoints(mapping.id()),
                                clock,
                                LocalCloud::id,
                                options.messages()));
        mappings.add(runner);
        runner.start();
    }

    private Checkpoints checkpoints(String name) {
        return Checkpoints.at(state.folder("checkpoints").resolve(name + ".json"), clock.instant());
    }

    private void startLake(Clients clients) {
        LocalLake lake = new LocalLake(state.folder(FolderLakes.FOLDER));
        AtomicInteger batches = new AtomicInteger();
        BatchDelivery batch =
                new BatchDelivery(
                        lake,
                        functions.named(OptionalFunctions.LAKE)::invoke,
                        settings.text(Setting.EVENTS_STREAM),
                        () ->
                                options.has(Switch.REPEATED_DELIVERIES)
                                        && batches.incrementAndGet() % REPEATED == 0,
                        clock,
                        LocalCloud::id,
                        options.messages());
        Catalog catalog = new StackStores(settings, clients, clock).items();
        LocalDelivery delivery =
                opened.open(
                        new LocalDelivery(
                                new KinesisSource(
                                        clients.kinesis(),
                                        settings.text(Setting.EVENTS_STREAM),
                                        options::onClock),
                                checkpoints("lake"),
                                batch,
                                new LakeItems(lake, catalog, clock, options.messages()),
                                clock,
                                options.messages()));
        delivery.start();
    }

    /**
     * Stops the consumers of a function, as an owner does on AWS by disabling its event source
     * mapping. What arrives from now on stays in the stream, and counts as lag.
     *
     * @param function the name of the function, as {@link #status} lists it
     */
    public void disable(String function) {
        mappings.stream()
                .filter(mapping -> mapping.function().equals(function))
                .forEach(MappingRunner::close);
    }

    /**
     * Moves a {@link MovedClock} on, once the functions have processed all events so far: what is
     * under way would otherwise seem to take as long as the clock is moved by.
     *
     * @throws LocalCloudException if they take longer than a minute
     */
    public void moveTo(Instant time) throws InterruptedException {
        for (MappingRunner mapping : mappings) {
            if (!mapping.awaitIdle(LONGEST_WAIT)) {
                throw new LocalCloudException(
                        mapping.function() + " does not keep up; see " + state.folder("logs"));
            }
        }
        measurements.look();
        ((MovedClock) clock).moveTo(time);
    }

    /** Replaces all functions by ones of a higher version, as a deployment does. */
    public void deploy() throws InterruptedException {
        environment.version(state.starts());
        functions.replace();
    }

    /** Returns the address of the API. */
    public URI apiUri() {
        return gateway.uri();
    }

    /**
     * Returns the keys created for the owner of this cloud; empty if the template has no table of
     * keys.
     */
    public Optional<OwnerKeys> ownerKeys() {
        return ownerKeys;
    }

    /**
     * Returns an insights key that ends within an hour; empty if the template has no table of keys.
     * One that has half of its time left is returned again, so that at most two an hour are made.
     */
    public synchronized Optional<String> dashboardKey() {
        Instant now = clock.instant();
        return keys.map(
                table -> {
                    Minted last = dashboardKey;
                    if (last == null || !last.row().holds(now.plus(DASHBOARD_KEY.dividedBy(2)))) {
                        last =
                                new KeyGenerator(new SecureRandom())
                                        .insights("playground", now, now.plus(DASHBOARD_KEY));
                        if (!table.put(last.row())) {
                            throw new LocalCloudException(
                                    "A key was generated with the id of another one; ask again.");
                        }
                        dashboardKey = last;
                    }
                    return last.shown();
                });
    }

    /** Returns a client of the API with the owner's secret key. The caller closes it. */
    public FreshetClient client() {
        return new FreshetClient(apiUri(), ownerKeys.map(OwnerKeys::secret));
    }

    /**
     * Returns the union of the environments of all functions: names of tables, streams and buckets,
     * endpoints, and the secret.
     */
    public Settings settings() {
        return settings;
    }

    /**
     * Returns the complete environment of one function, for a tool that starts the function's
     * process itself.
     *
     * @throws LocalCloudException if the template has no such function
     */
    public Map<String, String> environmentOf(String function) {
        Map<String, String> environment = environments.get(function);
        if (environment == null) {
            throw new LocalCloudException("The template has no function '" + function + "'.");
        }
        return environment;
    }

    public Path stateFolder() {
        return state.path();
    }

    /**
     * Invokes a function once, independently of its event sources.
     *
     * @param function name of the function, as {@link #status} lists it
     */
    public Invocation invoke(String function, String payload, Duration limit)
            throws InterruptedException {
        return functions.invoke(function, payload, limit);
    }

    /** Serves paths that begin with {@code prefix}, in addition to the API. */
    public void serve(String prefix, LoopbackServer.Handler handler) {
        gateway.serve(prefix, handler);
    }

    /**
     * Returns the body of {@code GET /_freshet/status}: functions, mappings with their lag,
     * processes and their memory, and as {@code problem} why nothing is learned, if so. The query
     * {@code ?sizes} adds bytes on disk and the learned blend.
     */
    public ObjectNode status() {
        List<Child> children = new ArrayList<>(emulators.children());
        children.addAll(functions.children());
        Duration uptime = Duration.between(startedAt, clock.instant());
        ObjectNode status =
                CloudStatus.write(state, uptime, functions, mappings, children)
                        .put("api", apiUri().toString());
        StateFolder.full(state.path(), StateFolder.LEAST_SPACE)
                .or(training::problem)
                .ifPresent(text -> status.put(Drain.PROBLEM, text));
        return status;
    }

    private HttpReply answerStatus(HttpExchange exchange) throws IOException {
        ObjectNode status = status();
        if ("sizes".equals(exchange.getRequestURI().getQuery())) {
            CloudStatus.addSizes(status, state);
            CloudStatus.addBlend(status, settings, clock);
        }
        return HttpReply.json(200, status);
    }

    /** Closes all parts in reverse order of opening and keeps the state. Idempotent. */
    @Override
    public void close() {
        closing = true;
        opened.close();
    }
}
