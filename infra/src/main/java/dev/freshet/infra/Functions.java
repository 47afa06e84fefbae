package dev.freshet.infra;

import static dev.freshet.aws.option.StackFunction.ANNOUNCE;
import static dev.freshet.aws.option.StackFunction.AUTHORIZE;
import static dev.freshet.aws.option.StackFunction.BULK;
import static dev.freshet.aws.option.StackFunction.CANARY;
import static dev.freshet.aws.option.StackFunction.CATALOG;
import static dev.freshet.aws.option.StackFunction.COLLECT;
import static dev.freshet.aws.option.StackFunction.COMPACT;
import static dev.freshet.aws.option.StackFunction.FEATURES;
import static dev.freshet.aws.option.StackFunction.LAKE;
import static dev.freshet.aws.option.StackFunction.LAKE_TABLES;
import static dev.freshet.aws.option.StackFunction.PRIVACY;
import static dev.freshet.aws.option.StackFunction.PROFILE;
import static dev.freshet.aws.option.StackFunction.RECOMMEND;
import static dev.freshet.aws.option.StackFunction.RETAIN;
import static dev.freshet.aws.option.StackFunction.SCALE;
import static dev.freshet.aws.option.StackFunction.TRAIN;

import dev.freshet.aws.Setting;
import dev.freshet.aws.option.OptionValues.EmbedderChoice;
import dev.freshet.aws.option.StackFunction;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.infra.FunctionUses.Uses;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;

/**
 * The Lambda functions of the stack, each with its memory and timeout. Its environment variables
 * and the permissions of its role name only what it uses ({@link FunctionUses}).
 */
final class Functions extends Construct {
    /** The timeout of the authorizer, in front of every request whose credential is not cached. */
    private static final int AUTHORIZE_SECONDS = 10;

    private static final int ONE_PROCESSOR_MB = 1769;

    /**
     * The memory of training, with 1.7 processors, of which the compiler uses one at first. New
     * accounts allow functions no more than this.
     */
    private static final int TRAIN_MB = 3008;

    /**
     * The JVM options of functions that compute for long: all compilers. Without SnapStart, Lambda
     * gives Java functions only the fast one, C1.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html">Customize
     *     Java runtime startup behavior</a>
     */
    private static final String ALL_COMPILERS = "-XX:+TieredCompilation -XX:TieredStopAtLevel=4";

    /**
     * The timeout of functions behind the API: longer than any invocation, less than API Gateway
     * waits (29 s).
     */
    private static final int API_SECONDS = 20;

    /** The timeout of lists in bulk, of which a batch takes some ten seconds. */
    private static final int BULK_SECONDS = 110;

    final FreshetFunction authorize;
    final FreshetFunction collect;
    final FreshetFunction recommend;
    final FreshetFunction catalog;
    final FreshetFunction profile;
    final FreshetFunction privacy;
    final FreshetFunction features;
    final FreshetFunction train;
    final FreshetFunction compact;

    /** Looks after the retention of the streams. */
    final FreshetFunction retain;

    /** Looks after the number of shards of the events; empty if it is left alone. */
    final Optional<FreshetFunction> scale;

    /** Asks the API for a list by schedule; empty unless the owner wants that. */
    final Optional<FreshetFunction> canary;

    /** Makes the rows of the lake; empty without a lake. */
    final Optional<FreshetFunction> lake;

    /** Makes the tables of the lake; empty without a lake. */
    final Optional<FreshetFunction> lakeTables;

    /** Makes lists for many users; empty unless the stack makes them. */
    final Optional<FreshetFunction> bulk;

    /** Brings the results of batch jobs to the model; empty without such jobs. */
    final Optional<FreshetFunction> announce;

    private final StackSettings settings;
    private final SecurityBaseline baseline;
    private final StackStreams streams;
    private final FunctionUses uses;
    private final Code code;

    Functions(
            Construct scope,
            SecurityBaseline baseline,
            Storage storage,
            StackStreams streams,
            Optional<LakeStorage> lakeStorage,
            FreshetApp.Packages packages) {
        super(scope, "Functions");
        this.settings = baseline.settings;
        this.baseline = baseline;
        this.streams = streams;
        this.uses = new FunctionUses(Stack.of(this), settings, storage, streams, lakeStorage);
        this.code = Code.fromAsset(packages.functions().toString());
        Optional<Path> noLayer = Optional.empty();
        // The authorizer starts from a snapshot, to add little to the first requests.
        authorize = ofApi(AUTHORIZE, 1024, AUTHORIZE_SECONDS, true, uses.authorize(), noLayer);
        collect = ofApi(COLLECT, 1024, API_SECONDS, false, uses.collect(), noLayer);
        recommend = ofApi(RECOMMEND, 2048, API_SECONDS, true, uses.recommend(), noLayer);
        Acknowledged.readsMetrics(recommend.role);
        // An embedder is in a layer; MiniLM runs within the function, with one processor.
        EmbedderChoice embedder = settings.get(StackOptions.EMBEDDER);
        int catalogMb = embedder == EmbedderChoice.MINILM ? ONE_PROCESSOR_MB : 1024;
        Optional<Path> layer =
                Optional.of(packages.embedding()).filter(_ -> embedder != EmbedderChoice.NONE);
        catalog = ofApi(CATALOG, catalogMb, API_SECONDS, false, uses.catalog(), layer);
        profile = ofApi(PROFILE, 1024, API_SECONDS, false, uses.profile(), noLayer);
        privacy = ofApi(PRIVACY, 2048, API_SECONDS, false, uses.privacy(), noLayer);
        features = background(FEATURES, 1024, 60, uses.features());
        train = background(TRAIN, TRAIN_MB, 120, uses.train());
        compact = background(COMPACT, 2048, 300, uses.compact());
        FreshetStack.resource(compact.function, CfnFunction.class)
                .setFunctionName(uses.compactName());
        retain = background(RETAIN, 512, 60, uses.retain(features, train));
        scale =
                settings.get(StackOptions.EVENT_SHARDS_MAX) > 0
                        ? Optional.of(background(SCALE, 512, 60, uses.scale()))
                        : Optional.empty();
        Acknowledged.readsMetrics(retain.role);
        scale.ifPresent(
                function ->
                        Acknowledged.anyResource(
                                function.role,
                                "cloudwatch:GetMetricData and kinesis:UpdateShardCount cannot be"
                                        + " limited to a resource."));
        canary = storage.canaryKey().map(key -> background(CANARY, 512, 60, uses.canary(key)));
        // A store that does not answer is waited for within the function that makes rows.
        lake = lakeStorage.map(_ -> background(LAKE, 1024, 300, uses.lake()));
        lakeTables = lakeStorage.map(of -> background(LAKE_TABLES, 512, 300, uses.lakeTables(of)));
        bulk =
                settings.get(StackOptions.BULK)
                        ? Optional.of(background(BULK, 2048, BULK_SECONDS, uses.bulk()))
                        : Optional.empty();
        // A file of the lake is held whole in memory.
        announce =
                lakeStorage
                        .filter(_ -> settings.get(StackOptions.BATCH))
                        .map(_ -> background(ANNOUNCE, 1024, 120, uses.announce()));
        settings.find(StackOptions.API_CONCURRENCY).ifPresent(this::limitConcurrency);
    }

    /**
     * Keeps a crowd from taking all of the account's concurrency, and keeps some for the functions
     * that read the streams: an instance for each shard, twice as many while shards split.
     */
    private void limitConcurrency(int ofApi) {
        int shards =
                Math.max(
                        settings.get(StackOptions.EVENT_SHARDS),
                        settings.get(StackOptions.EVENT_SHARDS_MAX));
        reserve(recommend, ofApi);
        reserve(collect, ofApi);
        reserve(features, 2 * shards);
        reserve(train, 2);
    }

    private static void reserve(FreshetFunction function, int instances) {
        FreshetStack.resource(function.function, CfnFunction.class)
                .setReservedConcurrentExecutions(instances);
    }

    /**
     * Returns all functions: the authorizer, then those of the write flow, then those of the API.
     */
    List<FreshetFunction> all() {
        return Stream.concat(
                        Stream.of(
                                authorize, collect, features, train, compact, recommend, catalog,
                                profile, privacy, retain),
                        Stream.of(scale, canary, lake, lakeTables, bulk, announce)
                                .flatMap(Optional::stream))
                .toList();
    }

    /**
     * Returns the functions that API Gateway calls, by their names in the OpenAPI document, in the
     * order of these, so that one commit makes one template.
     */
    Map<String, FreshetFunction> ofApi() {
        return new TreeMap<>(
                Map.of(
                        "authorize", authorize,
                        "collect", collect,
                        "recommend", recommend,
                        "catalog", catalog,
                        "profile", profile,
                        "privacy", privacy));
    }

    /**
     * Returns the environment variables of the worker, which does the work of features and train.
     */
    Map<String, String> workerEnvironment() {
        Map<String, String> environment = environment(FEATURES, uses.features());
        environment.putAll(environment(TRAIN, uses.train()));
        environment.put(Setting.EVENTS_STREAM.variable(), streams.events.getStreamName());
        return environment;
    }

    /** Returns the permissions of the worker: those of features and train. */
    List<PolicyStatement> workerAccess() {
        return uses.features().and(uses.train()).access();
    }

    private FreshetFunction ofApi(
            StackFunction function,
            int memoryMb,
            int timeoutSeconds,
            boolean snapStart,
            Uses uses,
            Optional<Path> layer) {
        return build(
                new FreshetFunction.Spec(
                        function.id(),
                        memoryMb,
                        timeoutSeconds,
                        environment(function, uses),
                        uses.access(),
                        true,
                        snapStart,
                        layer));
    }

    private FreshetFunction background(
            StackFunction function, int memoryMb, int timeoutSeconds, Uses uses) {
        Map<String, String> environment = environment(function, uses);
        environment.put("JAVA_TOOL_OPTIONS", ALL_COMPILERS);
        return build(
                new FreshetFunction.Spec(
                        function.id(),
                        memoryMb,
                        timeoutSeconds,
                        environment,
                        uses.access(),
                        false,
                        false,
                        Optional.empty()));
    }

    private FreshetFunction build(FreshetFunction.Spec spec) {
        return new FreshetFunction(this, spec, code, baseline);
    }

    /** Returns the environment of a function: its options, the retention, and what it uses. */
    private Map<String, String> environment(StackFunction function, Uses uses) {
        Map<String, String> environment = new TreeMap<>(settings.environment(function));
        environment.put(Setting.RETENTION.variable(), settings.retention());
        uses.variables().forEach((setting, value) -> environment.put(setting.variable(), value));
        return environment;
    }
}
