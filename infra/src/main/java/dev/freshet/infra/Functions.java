package dev.freshet.infra;

import dev.freshet.aws.Setting;
import dev.freshet.aws.option.EmbedderChoice;
import dev.freshet.aws.option.EntranceChoice;
import dev.freshet.aws.option.StackFunction;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.aws.option.StreamRetention;
import dev.freshet.bulk.BulkRun;
import dev.freshet.model.log.ModelArchive;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;

/**
 * The Lambda functions of the stack, each with its environment variables and the permissions of its
 * role. Both name only the resources that the function uses. A stream that feeds a function is read
 * by Lambda with the function's role, so it is in the role and not in the environment.
 */
final class Functions extends Construct {
    private static final String PACKAGE = "dev.freshet.functions.";

    /** The Bedrock model that {@code TitanEmbedder} invokes. */
    private static final String TITAN = "amazon.titan-embed-text-v2:0";

    /** The Bedrock model that {@code TitanImageEmbedder} invokes. */
    private static final String TITAN_IMAGE = "amazon.titan-embed-image-v1";

    /** The timeout of the authorizer, in front of every request whose credential is not cached. */
    private static final int AUTHORIZE_SECONDS = 10;

    private static final int ONE_PROCESSOR_MB = 1769;

    /** The most characters before {@code -compact}: Lambda allows names of 64. */
    private static final int LONGEST_PREFIX = 56;

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

    static final String METRICS_HAVE_NO_RESOURCE =
            "cloudwatch:GetMetricData cannot be limited to a resource.";

    final FreshetFunction authorize;
    final FreshetFunction collect;
    final FreshetFunction recommend;
    final FreshetFunction catalog;
    final FreshetFunction profile;
    final FreshetFunction privacy;
    final FreshetFunction features;
    final FreshetFunction train;
    final FreshetFunction compact;

    /** Looks after the retention of the streams; empty if they always keep records for a week. */
    final Optional<FreshetFunction> retain;

    /** Looks after the number of shards of the events; empty if it is left alone. */
    final Optional<FreshetFunction> scale;

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
    private final Storage storage;
    private final StackStreams streams;
    private final Optional<LakeStorage> lakeStorage;
    private final Code code;

    Functions(
            Construct scope,
            StackSettings settings,
            SecurityBaseline baseline,
            Storage storage,
            StackStreams streams,
            Optional<LakeStorage> lakeStorage,
            Packages packages) {
        super(scope, "Functions");
        this.settings = settings;
        this.baseline = baseline;
        this.storage = storage;
        this.streams = streams;
        this.lakeStorage = lakeStorage;
        this.code = Code.fromAsset(packages.functions().toString());
        authorize = build(authorize());
        collect =
                build(
                        apiFunctionWithIds(
                                StackFunction.COLLECT,
                                1024,
                                false,
                                collectVariables(),
                                collectAccess()));
        recommend =
                build(
                        apiFunctionWithIds(
                                StackFunction.RECOMMEND,
                                2048,
                                true,
                                recommendVariables(),
                                recommendAccess()));
        Acknowledged.anyResource(recommend.role, METRICS_HAVE_NO_RESOURCE);
        catalog = build(catalog(packages));
        profile =
                build(
                        apiFunctionWithIds(
                                StackFunction.PROFILE,
                                1024,
                                false,
                                profileVariables(),
                                profileAccess()));
        privacy =
                build(
                        apiFunctionWithIds(
                                StackFunction.PRIVACY,
                                2048,
                                false,
                                privacyVariables(),
                                privacyAccess()));
        features =
                build(
                        backgroundFunction(
                                StackFunction.FEATURES,
                                1024,
                                60,
                                featuresVariables(),
                                featuresAccess()));
        train =
                build(
                        backgroundFunction(
                                StackFunction.TRAIN,
                                TRAIN_MB,
                                120,
                                trainVariables(),
                                trainAccess()));
        compact =
                build(
                        backgroundFunction(
                                StackFunction.COMPACT,
                                2048,
                                300,
                                compactVariables(),
                                compactAccess()));
        compact.named(compactName());
        retain =
                settings.get(StackOptions.STREAM_RETENTION) == StreamRetention.DAY
                        ? Optional.of(retain())
                        : Optional.empty();
        scale =
                settings.get(StackOptions.EVENT_SHARDS_MAX) > 0
                        ? Optional.of(scale())
                        : Optional.empty();
        lake = lakeStorage.map(this::lake);
        lakeTables = lakeStorage.map(this::lakeTables);
        bulk = settings.get(StackOptions.BULK) ? Optional.of(build(bulk())) : Optional.empty();
        announce =
                settings.get(StackOptions.BATCH)
                        ? lakeStorage.map(this::announce)
                        : Optional.empty();
    }

    /**
     * Returns the name of the function that compacts, which the trainer invokes. It is fixed, and
     * not made up by CloudFormation, so that the trainer's environment and role do not refer to
     * that function: a deployment replaces the trainer before it.
     */
    private String compactName() {
        String stack = settings.get(StackOptions.STACK_NAME);
        String prefix =
                stack.length() <= LONGEST_PREFIX
                        ? stack
                        : stack.substring(0, LONGEST_PREFIX - 9)
                                + "-%08x".formatted(stack.hashCode());
        return prefix + "-compact";
    }

    /**
     * Returns all functions: the authorizer, then those of the write flow, then those of the API.
     */
    List<FreshetFunction> all() {
        return Stream.concat(
                        Stream.of(
                                authorize, collect, features, train, compact, recommend, catalog,
                                profile, privacy),
                        Stream.of(retain, scale, lake, lakeTables, bulk, announce)
                                .flatMap(Optional::stream))
                .toList();
    }

    /** Returns the functions that API Gateway calls, by their names in the OpenAPI document. */
    Map<String, FreshetFunction> ofApi() {
        return Map.of(
                "authorize", authorize,
                "collect", collect,
                "recommend", recommend,
                "catalog", catalog,
                "profile", profile,
                "privacy", privacy);
    }

    /**
     * Returns the environment variables of the worker, which does the work of features and train.
     */
    Map<String, String> workerEnvironment() {
        Map<String, String> environment = environment(StackFunction.FEATURES, featuresVariables());
        environment.putAll(environment(StackFunction.TRAIN, trainVariables()));
        environment.put(Setting.EVENTS_STREAM.variable(), events());
        return environment;
    }

    /** Returns the permissions of the worker: those of features and train. */
    List<PolicyStatement> workerAccess() {
        return Stream.concat(featuresAccess().stream(), trainAccess().stream()).toList();
    }

    private FreshetFunction build(FunctionSpec spec) {
        return new FreshetFunction(this, spec, code, baseline);
    }

    /**
     * Returns the specification of a function that receives ids of users, and so the secret that
     * replaces them if the stack has one.
     */
    private FunctionSpec apiFunctionWithIds(
            StackFunction function,
            int memoryMb,
            boolean snapStart,
            Map<Setting, String> variables,
            List<PolicyStatement> access) {
        if (storage.idSecret == null) {
            return apiFunction(function, memoryMb, snapStart, variables, access);
        }
        Map<Setting, String> more = new EnumMap<>(variables);
        more.put(Setting.ID_SECRET_ARN, storage.idSecret.getSecretArn());
        return apiFunction(
                function,
                memoryMb,
                snapStart,
                more,
                Stream.concat(access.stream(), Stream.of(Access.read(storage.idSecret))).toList());
    }

    private FunctionSpec apiFunction(
            StackFunction function,
            int memoryMb,
            boolean snapStart,
            Map<Setting, String> variables,
            List<PolicyStatement> access) {
        return new FunctionSpec(
                function.id(),
                handler(function),
                memoryMb,
                API_SECONDS,
                environment(function, variables),
                access,
                true,
                snapStart,
                Optional.empty());
    }

    /**
     * Returns the specification of the authorizer, which starts from a snapshot to add little to
     * the first requests.
     */
    private FunctionSpec authorize() {
        return new FunctionSpec(
                StackFunction.AUTHORIZE.id(),
                handler(StackFunction.AUTHORIZE),
                1024,
                AUTHORIZE_SECONDS,
                environment(
                        StackFunction.AUTHORIZE,
                        Map.of(
                                Setting.KEYS_TABLE, storage.keys.getTableName(),
                                Setting.SECRET_ARN, secret())),
                List.of(Access.table(storage.keys, "GetItem"), Access.read(storage.secret)),
                true,
                true,
                Optional.empty());
    }

    /**
     * Returns the specification of the catalogue's function: with an embedder it has the embedding
     * layer, and with MiniLM, which runs within the function, the memory of one processor.
     */
    private FunctionSpec catalog(Packages packages) {
        EmbedderChoice embedder = settings.get(StackOptions.EMBEDDER);
        return new FunctionSpec(
                StackFunction.CATALOG.id(),
                handler(StackFunction.CATALOG),
                embedder == EmbedderChoice.MINILM ? ONE_PROCESSOR_MB : 1024,
                API_SECONDS,
                environment(StackFunction.CATALOG, catalogVariables()),
                catalogAccess(),
                true,
                false,
                embedder == EmbedderChoice.NONE
                        ? Optional.empty()
                        : Optional.of(packages.embedding()));
    }

    private FunctionSpec backgroundFunction(
            StackFunction function,
            int memoryMb,
            int timeoutSeconds,
            Map<Setting, String> variables,
            List<PolicyStatement> access) {
        Map<String, String> environment = environment(function, variables);
        environment.put("JAVA_TOOL_OPTIONS", ALL_COMPILERS);
        return new FunctionSpec(
                function.id(),
                handler(function),
                memoryMb,
                timeoutSeconds,
                environment,
                access,
                false,
                false,
                Optional.empty());
    }

    private static String handler(StackFunction function) {
        return PACKAGE + function.id() + "Handler";
    }

    /** Returns the environment of a function: its options, the retention, and its own variables. */
    private Map<String, String> environment(StackFunction function, Map<Setting, String> own) {
        Map<String, String> environment = new TreeMap<>(settings.environment(function));
        environment.put(Setting.RETENTION.variable(), settings.retention());
        own.forEach((setting, value) -> environment.put(setting.variable(), value));
        return environment;
    }

    private Map<Setting, String> collectVariables() {
        return Map.of(Setting.EVENTS_STREAM, events(), Setting.SECRET_ARN, secret());
    }

    private List<PolicyStatement> collectAccess() {
        return List.of(Access.put(streams.events), Access.read(storage.secret));
    }

    private Map<Setting, String> featuresVariables() {
        return Map.of(
                Setting.EXAMPLES_STREAM, examples(),
                Setting.INTERACTIONS_TABLE, storage.interactions.getTableName(),
                Setting.EXPOSURES_TABLE, storage.exposures.getTableName(),
                Setting.USERS_TABLE, storage.users.getTableName(),
                Setting.QUARANTINE_BUCKET, storage.quarantineBucket.getBucketName(),
                Setting.SECRET_ARN, secret());
    }

    private List<PolicyStatement> featuresAccess() {
        return Stream.concat(
                        Stream.of(
                                Access.poll(streams.events),
                                Access.put(streams.examples),
                                Access.table(
                                        storage.interactions,
                                        "PutItem",
                                        "GetItem",
                                        "Query",
                                        "DeleteItem"),
                                Access.table(
                                        storage.exposures, "UpdateItem", "Query", "DeleteItem"),
                                Access.table(storage.users, "GetItem", "BatchGetItem", "PutItem"),
                                Access.read(storage.secret)),
                        quarantineAccess().stream())
                .toList();
    }

    private Map<Setting, String> trainVariables() {
        return Map.of(
                Setting.COMPACT_FUNCTION, compactName(),
                Setting.TRENDS_TABLE, storage.trends.getTableName(),
                Setting.OUTCOMES_TABLE, storage.outcomes.getTableName(),
                Setting.MODELS_TABLE, storage.models.getTableName(),
                Setting.MODEL_BUCKET, storage.modelBucket.getBucketName(),
                Setting.QUARANTINE_BUCKET, storage.quarantineBucket.getBucketName());
    }

    private List<PolicyStatement> trainAccess() {
        return Stream.concat(
                        Stream.of(
                                Access.poll(streams.examples),
                                Access.table(storage.trends, "PutItem"),
                                Access.table(storage.outcomes, "PutItem"),
                                Access.table(storage.models, "GetItem", "Query", "PutItem"),
                                Access.objects(
                                        storage.modelBucket,
                                        Storage.MODELS_PREFIX,
                                        "GetObject",
                                        "PutObject"),
                                Access.list(storage.modelBucket),
                                Access.invoke(Stack.of(this), compactName())),
                        quarantineAccess().stream())
                .toList();
    }

    private Map<Setting, String> compactVariables() {
        return Map.of(
                Setting.EXAMPLES_STREAM, examples(),
                Setting.EXPERIMENTS_TABLE, storage.experiments.getTableName(),
                Setting.ITEMS_TABLE, storage.items.getTableName(),
                Setting.MODELS_TABLE, storage.models.getTableName(),
                Setting.MODEL_BUCKET, storage.modelBucket.getBucketName());
    }

    private List<PolicyStatement> compactAccess() {
        return List.of(
                Access.put(streams.examples),
                Access.table(storage.items, "Scan"),
                Access.table(storage.experiments, "Scan"),
                Access.table(
                        storage.models, "GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"),
                Access.objects(
                        storage.modelBucket, Storage.MODELS_PREFIX, "GetObject", "PutObject"),
                Access.objects(storage.modelBucket, Storage.DELTAS_PREFIX, "DeleteObject"),
                Access.objects(storage.modelBucket, Storage.SNAPSHOTS_PREFIX, "DeleteObject"),
                Access.objects(storage.modelBucket, Storage.SPANS_PREFIX, "DeleteObject"),
                Access.list(storage.modelBucket));
    }

    private FreshetFunction scale() {
        FreshetFunction function =
                build(
                        backgroundFunction(
                                StackFunction.SCALE,
                                512,
                                60,
                                Map.of(Setting.EVENTS_STREAM, events()),
                                List.of(Access.scale(streams.events), Access.readMetrics())));
        Acknowledged.anyResource(function.role, METRICS_HAVE_NO_RESOURCE);
        return function;
    }

    private FreshetFunction retain() {
        FreshetFunction function =
                build(
                        backgroundFunction(
                                StackFunction.RETAIN,
                                512,
                                60,
                                Map.of(
                                        Setting.EVENTS_STREAM, events(),
                                        Setting.EXAMPLES_STREAM, examples()),
                                List.of(
                                        Access.retain(streams.events),
                                        Access.retain(streams.examples),
                                        Access.readMetrics())));
        Acknowledged.anyResource(function.role, METRICS_HAVE_NO_RESOURCE);
        return function;
    }

    /** Returns the function that makes rows; a store that does not answer is waited for in it. */
    private FreshetFunction lake(LakeStorage of) {
        return build(
                backgroundFunction(
                        StackFunction.LAKE,
                        1024,
                        300,
                        Map.of(
                                Setting.LAKE_BUCKET, of.bucket.getBucketName(),
                                Setting.ITEMS_TABLE, storage.items.getTableName(),
                                Setting.USERS_TABLE, storage.users.getTableName(),
                                Setting.SECRET_ARN, secret()),
                        List.of(
                                Access.table(storage.items, "Scan"),
                                Access.table(storage.users, "GetItem", "BatchGetItem"),
                                Access.read(storage.secret),
                                Access.objects(
                                        of.bucket,
                                        LakeStorage.ERRORS_PREFIX,
                                        "GetObject",
                                        "DeleteObject"),
                                Access.objects(of.bucket, LakeStorage.STAGING_PREFIX, "PutObject"),
                                Access.objects(
                                        of.bucket,
                                        LakeStorage.ITEMS_PREFIX,
                                        "PutObject",
                                        "DeleteObject"),
                                Access.list(of.bucket))));
    }

    private FreshetFunction lakeTables(LakeStorage of) {
        return build(
                backgroundFunction(
                        StackFunction.LAKE_TABLES,
                        512,
                        300,
                        Map.of(
                                Setting.LAKE_DATABASE, of.databaseName,
                                Setting.LAKE_WORKGROUP, of.workgroupName),
                        LakeTables.access(of)));
    }

    /** Returns the function that brings a file of the lake to the model, held whole in memory. */
    private FreshetFunction announce(LakeStorage of) {
        return build(
                backgroundFunction(
                        StackFunction.ANNOUNCE,
                        1024,
                        120,
                        Map.of(
                                Setting.LAKE_BUCKET, of.bucket.getBucketName(),
                                Setting.MODEL_BUCKET, storage.modelBucket.getBucketName(),
                                Setting.EXAMPLES_STREAM, examples()),
                        List.of(
                                Access.objects(
                                        of.bucket, LakeStorage.NEIGHBOURS_PREFIX, "GetObject"),
                                Access.list(of.bucket),
                                Access.objects(
                                        storage.modelBucket, ModelArchive.NEIGHBOURS, "PutObject"),
                                Access.put(streams.examples))));
    }

    /**
     * Returns the specification of the function that makes lists in bulk. It reads what
     * <em>recommend</em> reads for a list, and writes below one prefix.
     */
    private FunctionSpec bulk() {
        Map<Setting, String> variables = new EnumMap<>(Setting.class);
        variables.put(Setting.INTERACTIONS_TABLE, storage.interactions.getTableName());
        variables.put(Setting.USERS_TABLE, storage.users.getTableName());
        variables.put(Setting.MODELS_TABLE, storage.models.getTableName());
        variables.put(Setting.MODEL_BUCKET, storage.modelBucket.getBucketName());
        variables.put(Setting.SECRET_ARN, secret());
        List<PolicyStatement> access =
                new ArrayList<>(
                        List.of(
                                Access.table(storage.interactions, "Query"),
                                Access.table(storage.users, "GetItem"),
                                Access.table(storage.models, "GetItem", "Query"),
                                Access.objects(
                                        storage.modelBucket, Storage.MODELS_PREFIX, "GetObject"),
                                Access.objects(storage.modelBucket, BulkRun.PREFIX, "PutObject"),
                                Access.list(storage.modelBucket),
                                Access.read(storage.secret)));
        if (storage.idSecret != null) {
            variables.put(Setting.ID_SECRET_ARN, storage.idSecret.getSecretArn());
            access.add(Access.read(storage.idSecret));
        }
        return backgroundFunction(StackFunction.BULK, 2048, BULK_SECONDS, variables, access);
    }

    private Map<Setting, String> recommendVariables() {
        Map<Setting, String> variables = new EnumMap<>(Setting.class);
        variables.put(Setting.OUTCOMES_TABLE, storage.outcomes.getTableName());
        variables.put(Setting.TRENDS_TABLE, storage.trends.getTableName());
        variables.put(Setting.INTERACTIONS_TABLE, storage.interactions.getTableName());
        variables.put(Setting.USERS_TABLE, storage.users.getTableName());
        variables.put(Setting.MODELS_TABLE, storage.models.getTableName());
        variables.put(Setting.MODEL_BUCKET, storage.modelBucket.getBucketName());
        variables.put(Setting.QUARANTINE_BUCKET, storage.quarantineBucket.getBucketName());
        variables.put(Setting.SECRET_ARN, secret());
        variables.put(Setting.EVENTS_STREAM, events());
        variables.put(Setting.EXAMPLES_STREAM, examples());
        lakeStorage.ifPresent(of -> variables.put(Setting.LAKE_BUCKET, of.bucket.getBucketName()));
        if (settings.get(StackOptions.ENTRANCE) == EntranceChoice.REST) {
            variables.put(
                    Setting.API_METRICS,
                    "ApiName=%s,Stage=%s"
                            .formatted(
                                    Api.name(settings, ApiVariant.KEYS),
                                    settings.text(StackOptions.STAGE)));
        }
        return variables;
    }

    private List<PolicyStatement> recommendAccess() {
        return Stream.concat(
                        recommendStores().stream(),
                        lakeStorage.stream()
                                .flatMap(
                                        of ->
                                                Stream.of(
                                                        Access.objects(
                                                                of.bucket,
                                                                LakeStorage.ANSWERS_PREFIX,
                                                                "GetObject"),
                                                        Access.list(of.bucket))))
                .toList();
    }

    private List<PolicyStatement> recommendStores() {
        return List.of(
                Access.table(storage.interactions, "Query"),
                Access.table(storage.outcomes, "Query"),
                Access.table(storage.trends, "Query"),
                Access.table(storage.users, "GetItem"),
                Access.table(storage.models, "GetItem", "Query"),
                Access.objects(storage.modelBucket, Storage.MODELS_PREFIX, "GetObject"),
                Access.list(storage.modelBucket),
                Access.list(storage.quarantineBucket),
                Access.read(storage.secret),
                Access.readMetrics());
    }

    private Map<Setting, String> catalogVariables() {
        return Map.of(
                Setting.EXAMPLES_STREAM, examples(),
                Setting.EXPERIMENTS_TABLE, storage.experiments.getTableName(),
                Setting.ITEMS_TABLE, storage.items.getTableName());
    }

    private List<PolicyStatement> catalogAccess() {
        List<PolicyStatement> access =
                new ArrayList<>(
                        List.of(
                                Access.put(streams.examples),
                                Access.table(
                                        storage.experiments,
                                        "GetItem",
                                        "Scan",
                                        "PutItem",
                                        "DeleteItem"),
                                Access.table(storage.items, "GetItem", "Scan", "PutItem")));
        switch (settings.get(StackOptions.EMBEDDER)) {
            case BEDROCK -> access.add(Access.invokeModel(Stack.of(this), TITAN));
            case MULTIMODAL -> access.add(Access.invokeModel(Stack.of(this), TITAN_IMAGE));
            case MINILM, NONE -> {}
        }
        return access;
    }

    private Map<Setting, String> profileVariables() {
        return Map.of(
                Setting.EVENTS_STREAM, events(),
                Setting.USERS_TABLE, storage.users.getTableName());
    }

    private List<PolicyStatement> profileAccess() {
        return List.of(
                Access.put(streams.events), Access.table(storage.users, "GetItem", "PutItem"));
    }

    private Map<Setting, String> privacyVariables() {
        Map<Setting, String> variables =
                new EnumMap<>(
                        Map.of(
                                Setting.EVENTS_STREAM, events(),
                                Setting.INTERACTIONS_TABLE, storage.interactions.getTableName(),
                                Setting.EXPOSURES_TABLE, storage.exposures.getTableName(),
                                Setting.USERS_TABLE, storage.users.getTableName(),
                                Setting.MODELS_TABLE, storage.models.getTableName(),
                                Setting.MODEL_BUCKET, storage.modelBucket.getBucketName(),
                                Setting.QUARANTINE_BUCKET, storage.quarantineBucket.getBucketName(),
                                Setting.SECRET_ARN, secret()));
        lakeStorage.ifPresent(of -> variables.put(Setting.LAKE_BUCKET, of.bucket.getBucketName()));
        return variables;
    }

    private List<PolicyStatement> privacyAccess() {
        return Stream.concat(
                        privacyStores().stream(),
                        lakeStorage.stream()
                                .flatMap(
                                        of ->
                                                Stream.of(
                                                        Access.allow(
                                                                of.bucket.arnForObjects(
                                                                        LakeStorage.PROGRESS),
                                                                List.of("s3:GetObject")),
                                                        Access.list(of.bucket))))
                .toList();
    }

    private List<PolicyStatement> privacyStores() {
        return List.of(
                Access.put(streams.events),
                Access.table(storage.interactions, "Query", "DeleteItem"),
                Access.table(storage.exposures, "Query", "DeleteItem"),
                Access.table(storage.users, "GetItem", "PutItem"),
                Access.table(storage.models, "GetItem", "Query"),
                Access.objects(storage.modelBucket, Storage.MODELS_PREFIX, "GetObject"),
                Access.list(storage.modelBucket),
                Access.objects(
                        storage.quarantineBucket,
                        Storage.QUARANTINE_PREFIX,
                        "GetObject",
                        "PutObject",
                        "DeleteObject"),
                Access.objects(
                        storage.quarantineBucket,
                        Storage.GIVEN_UP_PREFIX,
                        "GetObject",
                        "DeleteObject"),
                Access.objects(
                        storage.quarantineBucket, Storage.SETTLED_PREFIX, "GetObject", "PutObject"),
                Access.objects(
                        storage.quarantineBucket,
                        Storage.REASONS_PREFIX,
                        "PutObject",
                        "DeleteObject"),
                Access.list(storage.quarantineBucket),
                Access.read(storage.secret));
    }

    /**
     * Returns the permissions to quarantine records. The function writes single records below one
     * prefix; Lambda writes the batches that a mapping gave up below the other, with the function's
     * role.
     */
    private List<PolicyStatement> quarantineAccess() {
        return List.of(
                Access.objects(storage.quarantineBucket, Storage.QUARANTINE_PREFIX, "PutObject"),
                Access.objects(storage.quarantineBucket, Storage.REASONS_PREFIX, "PutObject"),
                Access.objects(storage.quarantineBucket, Storage.GIVEN_UP_PREFIX, "PutObject"),
                Access.list(storage.quarantineBucket));
    }

    private String events() {
        return streams.events.getStreamName();
    }

    private String examples() {
        return streams.examples.getStreamName();
    }

    private String secret() {
        return storage.secret.getSecretArn();
    }
}
