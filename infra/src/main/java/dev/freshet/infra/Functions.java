package dev.freshet.infra;

import dev.freshet.aws.Setting;
import dev.freshet.aws.option.EmbedderChoice;
import dev.freshet.aws.option.StackFunction;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
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
 * The functions: what each is told of the stack (its environment) and what each may do with it (its
 * role). Both name only what the function uses; a stream that feeds it is Lambda's to read, not its
 * own.
 */
final class Functions extends Construct {
    private static final String PACKAGE = "dev.freshet.functions.";

    /** The model that {@code TitanEmbedder} asks. */
    private static final String TITAN = "amazon.titan-embed-text-v2:0";

    /** Who waits here has not been let in yet. */
    private static final int AUTHORIZE_SECONDS = 10;

    private static final int ONE_PROCESSOR_MB = 1769;

    /** Longer than any invocation by itself, shorter than API Gateway's patience of 29 s. */
    private static final int CALLER_SECONDS = 20;

    final FreshetFunction authorize;
    final FreshetFunction collect;
    final FreshetFunction recommend;
    final FreshetFunction catalog;
    final FreshetFunction profile;
    final FreshetFunction privacy;
    final FreshetFunction features;
    final FreshetFunction train;
    final FreshetFunction compact;

    private final StackSettings settings;
    private final SecurityBaseline safeguards;
    private final Storage storage;
    private final StackStreams streams;
    private final Code code;

    Functions(
            Construct scope,
            StackSettings settings,
            SecurityBaseline safeguards,
            Storage storage,
            StackStreams streams,
            Packages packages) {
        super(scope, "Functions");
        this.settings = settings;
        this.safeguards = safeguards;
        this.storage = storage;
        this.streams = streams;
        this.code = Code.fromAsset(packages.functions().toString());
        authorize = build(authorize());
        collect =
                build(
                        asking(
                                StackFunction.COLLECT,
                                1024,
                                false,
                                collectVariables(),
                                collectAccess()));
        recommend =
                build(
                        asking(
                                StackFunction.RECOMMEND,
                                2048,
                                true,
                                recommendVariables(),
                                recommendAccess()));
        catalog = build(catalog(packages));
        profile =
                build(
                        asking(
                                StackFunction.PROFILE,
                                1024,
                                false,
                                profileVariables(),
                                profileAccess()));
        privacy =
                build(
                        asking(
                                StackFunction.PRIVACY,
                                2048,
                                false,
                                privacyVariables(),
                                privacyAccess()));
        features =
                build(
                        fed(
                                StackFunction.FEATURES,
                                1024,
                                60,
                                featuresVariables(),
                                featuresAccess(),
                                false));
        train = build(fed(StackFunction.TRAIN, 2048, 120, trainVariables(), trainAccess(), true));
        compact =
                build(
                        fed(
                                StackFunction.COMPACT,
                                2048,
                                300,
                                compactVariables(),
                                compactAccess(),
                                false));
        // who reads a record's form is deployed before who writes it
        features.function.getNode().addDependency(train.function);
        List.of(collect, profile, privacy)
                .forEach(writer -> writer.function.getNode().addDependency(features.function));
    }

    /** All of them, in the order of the two flows. */
    List<FreshetFunction> all() {
        return List.of(
                authorize, collect, features, train, compact, recommend, catalog, profile, privacy);
    }

    /** Those with callers, by the name that the OpenAPI document uses. */
    Map<String, FreshetFunction> called() {
        return Map.of(
                "authorize", authorize,
                "collect", collect,
                "recommend", recommend,
                "catalog", catalog,
                "profile", profile,
                "privacy", privacy);
    }

    /** What the worker is told, which does what features and train do. */
    Map<String, String> workerEnvironment() {
        Map<String, String> environment = environment(StackFunction.FEATURES, featuresVariables());
        environment.putAll(environment(StackFunction.TRAIN, trainVariables()));
        environment.put(Setting.EVENTS_STREAM.variable(), events());
        return environment;
    }

    /** What the worker may do: what both may. */
    List<PolicyStatement> workerAccess() {
        return Stream.concat(featuresAccess().stream(), trainAccess().stream()).toList();
    }

    private FreshetFunction build(FunctionSpec spec) {
        return new FreshetFunction(this, spec, code, safeguards);
    }

    /** With the key that replaces persons' ids, where the stack has one. */
    private FunctionSpec asking(
            StackFunction function,
            int memoryMb,
            boolean snapStart,
            Map<Setting, String> variables,
            List<PolicyStatement> access) {
        if (storage.idSecret == null) {
            return called(function, memoryMb, snapStart, variables, access);
        }
        Map<Setting, String> more = new EnumMap<>(variables);
        more.put(Setting.ID_SECRET_ARN, storage.idSecret.getSecretArn());
        return called(
                function,
                memoryMb,
                snapStart,
                more,
                Stream.concat(access.stream(), Stream.of(Access.read(storage.idSecret))).toList());
    }

    private FunctionSpec called(
            StackFunction function,
            int memoryMb,
            boolean snapStart,
            Map<Setting, String> variables,
            List<PolicyStatement> access) {
        return new FunctionSpec(
                function.id(),
                handler(function),
                memoryMb,
                CALLER_SECONDS,
                environment(function, variables),
                access,
                true,
                snapStart,
                false,
                Optional.empty());
    }

    /** It stands before every request, so it starts from a snapshot. */
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
                false,
                Optional.empty());
    }

    /** With an embedder it has the models' layer, and for the one that runs within, a processor. */
    private FunctionSpec catalog(Packages packages) {
        EmbedderChoice embedder = settings.get(StackOptions.EMBEDDER);
        return new FunctionSpec(
                StackFunction.CATALOG.id(),
                handler(StackFunction.CATALOG),
                embedder == EmbedderChoice.MINILM ? ONE_PROCESSOR_MB : 1024,
                CALLER_SECONDS,
                environment(StackFunction.CATALOG, catalogVariables()),
                catalogAccess(),
                true,
                false,
                false,
                embedder == EmbedderChoice.NONE
                        ? Optional.empty()
                        : Optional.of(packages.embedding()));
    }

    private FunctionSpec fed(
            StackFunction function,
            int memoryMb,
            int timeoutSeconds,
            Map<Setting, String> variables,
            List<PolicyStatement> access,
            boolean single) {
        return new FunctionSpec(
                function.id(),
                handler(function),
                memoryMb,
                timeoutSeconds,
                environment(function, variables),
                access,
                false,
                false,
                single,
                Optional.empty());
    }

    private static String handler(StackFunction function) {
        return PACKAGE + function.id() + "Handler";
    }

    /** The options that the function is given, and its own variables, which name resources. */
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
                                Access.table(storage.users, "GetItem", "BatchGetItem", "PutItem"),
                                Access.read(storage.secret)),
                        quarantine().stream())
                .toList();
    }

    private Map<Setting, String> trainVariables() {
        return Map.of(
                Setting.TRENDS_TABLE, storage.trends.getTableName(),
                Setting.MODELS_TABLE, storage.models.getTableName(),
                Setting.MODEL_BUCKET, storage.modelBucket.getBucketName(),
                Setting.QUARANTINE_BUCKET, storage.quarantineBucket.getBucketName());
    }

    private List<PolicyStatement> trainAccess() {
        return Stream.concat(
                        Stream.of(
                                Access.poll(streams.examples),
                                Access.table(storage.trends, "PutItem"),
                                Access.table(storage.models, "GetItem", "Query", "PutItem"),
                                Access.objects(
                                        storage.modelBucket,
                                        Storage.MODELS_PREFIX,
                                        "GetObject",
                                        "PutObject"),
                                Access.list(storage.modelBucket)),
                        quarantine().stream())
                .toList();
    }

    private Map<Setting, String> compactVariables() {
        return Map.of(
                Setting.EXAMPLES_STREAM, examples(),
                Setting.ITEMS_TABLE, storage.items.getTableName(),
                Setting.MODELS_TABLE, storage.models.getTableName(),
                Setting.MODEL_BUCKET, storage.modelBucket.getBucketName());
    }

    private List<PolicyStatement> compactAccess() {
        return List.of(
                Access.put(streams.examples),
                Access.table(storage.items, "Scan"),
                Access.table(
                        storage.models, "GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"),
                Access.objects(
                        storage.modelBucket, Storage.MODELS_PREFIX, "GetObject", "PutObject"),
                Access.objects(storage.modelBucket, Storage.DELTAS_PREFIX, "DeleteObject"),
                Access.objects(storage.modelBucket, Storage.SNAPSHOTS_PREFIX, "DeleteObject"),
                Access.list(storage.modelBucket));
    }

    private Map<Setting, String> recommendVariables() {
        return Map.of(
                Setting.INTERACTIONS_TABLE, storage.interactions.getTableName(),
                Setting.USERS_TABLE, storage.users.getTableName(),
                Setting.MODELS_TABLE, storage.models.getTableName(),
                Setting.MODEL_BUCKET, storage.modelBucket.getBucketName(),
                Setting.SECRET_ARN, secret());
    }

    private List<PolicyStatement> recommendAccess() {
        return List.of(
                Access.table(storage.interactions, "Query"),
                Access.table(storage.users, "GetItem"),
                Access.table(storage.models, "GetItem", "Query"),
                Access.objects(storage.modelBucket, Storage.MODELS_PREFIX, "GetObject"),
                Access.list(storage.modelBucket),
                Access.read(storage.secret));
    }

    private Map<Setting, String> catalogVariables() {
        return Map.of(
                Setting.EXAMPLES_STREAM, examples(),
                Setting.ITEMS_TABLE, storage.items.getTableName());
    }

    private List<PolicyStatement> catalogAccess() {
        List<PolicyStatement> access =
                new ArrayList<>(
                        List.of(
                                Access.put(streams.examples),
                                Access.table(storage.items, "GetItem", "PutItem")));
        if (settings.get(StackOptions.EMBEDDER) == EmbedderChoice.BEDROCK) {
            access.add(Access.ask(Stack.of(this), TITAN));
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
        return Map.of(
                Setting.EVENTS_STREAM, events(),
                Setting.INTERACTIONS_TABLE, storage.interactions.getTableName(),
                Setting.USERS_TABLE, storage.users.getTableName(),
                Setting.MODELS_TABLE, storage.models.getTableName(),
                Setting.MODEL_BUCKET, storage.modelBucket.getBucketName(),
                Setting.QUARANTINE_BUCKET, storage.quarantineBucket.getBucketName(),
                Setting.SECRET_ARN, secret());
    }

    private List<PolicyStatement> privacyAccess() {
        return List.of(
                Access.put(streams.events),
                Access.table(storage.interactions, "Query", "DeleteItem"),
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
                Access.list(storage.quarantineBucket),
                Access.read(storage.secret));
    }

    /**
     * Its own records below one prefix; below the other, on its behalf, Lambda the batches that a
     * mapping gave up.
     */
    private List<PolicyStatement> quarantine() {
        return List.of(
                Access.objects(storage.quarantineBucket, Storage.QUARANTINE_PREFIX, "PutObject"),
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
