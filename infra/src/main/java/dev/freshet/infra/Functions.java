package dev.freshet.infra;

import java.util.ArrayList;
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

    private static final String ANONYMOUS_PREFIX = "FRESHET_ANONYMOUS_PREFIX";

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
        collect = build(asking("Collect", 1024, false, collectEnvironment(), collectAccess()));
        recommend =
                build(asking("Recommend", 2048, true, recommendEnvironment(), recommendAccess()));
        catalog = build(catalog(packages));
        profile = build(asking("Profile", 1024, false, profileEnvironment(), profileAccess()));
        privacy = build(asking("Privacy", 2048, false, privacyEnvironment(), privacyAccess()));
        features = build(fed("Features", 1024, 60, featuresEnvironment(), featuresAccess(), false));
        train = build(fed("Train", 2048, 120, trainEnvironment(), trainAccess(), true));
        compact = build(fed("Compact", 2048, 300, compactEnvironment(), compactAccess(), false));
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
        Map<String, String> environment = new TreeMap<>(withCommon(featuresEnvironment()));
        environment.putAll(trainEnvironment());
        environment.put("FRESHET_EVENTS_STREAM", events());
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
            String id,
            int memoryMb,
            boolean snapStart,
            Map<String, String> environment,
            List<PolicyStatement> access) {
        if (storage.idSecret == null) {
            return called(id, memoryMb, snapStart, environment, access);
        }
        Map<String, String> more = new TreeMap<>(environment);
        more.put("FRESHET_ID_SECRET_ARN", storage.idSecret.getSecretArn());
        return called(
                id,
                memoryMb,
                snapStart,
                more,
                Stream.concat(access.stream(), Stream.of(Access.read(storage.idSecret))).toList());
    }

    private FunctionSpec called(
            String id,
            int memoryMb,
            boolean snapStart,
            Map<String, String> environment,
            List<PolicyStatement> access) {
        return new FunctionSpec(
                id,
                PACKAGE + id + "Handler",
                memoryMb,
                CALLER_SECONDS,
                withCommon(environment),
                access,
                true,
                snapStart,
                false,
                Optional.empty());
    }

    /** It stands before every request, so it starts from a snapshot. */
    private FunctionSpec authorize() {
        return new FunctionSpec(
                "Authorize",
                PACKAGE + "AuthorizeHandler",
                1024,
                AUTHORIZE_SECONDS,
                withCommon(
                        Map.of(
                                "FRESHET_KEYS_TABLE", storage.keys.getTableName(),
                                "FRESHET_SECRET_ARN", secret(),
                                "FRESHET_AUDIENCE", settings.entrance().audience())),
                List.of(Access.table(storage.keys, "GetItem"), Access.read(storage.secret)),
                true,
                true,
                false,
                Optional.empty());
    }

    /** With an embedder it has the models' layer, and for the one that runs within, a processor. */
    private FunctionSpec catalog(Packages packages) {
        EmbedderChoice embedder = settings.embedder();
        return new FunctionSpec(
                "Catalog",
                PACKAGE + "CatalogHandler",
                embedder == EmbedderChoice.MINILM ? ONE_PROCESSOR_MB : 1024,
                CALLER_SECONDS,
                withCommon(catalogEnvironment()),
                catalogAccess(),
                true,
                false,
                false,
                embedder == EmbedderChoice.NONE
                        ? Optional.empty()
                        : Optional.of(packages.embedding()));
    }

    private FunctionSpec fed(
            String id,
            int memoryMb,
            int timeoutSeconds,
            Map<String, String> environment,
            List<PolicyStatement> access,
            boolean single) {
        return new FunctionSpec(
                id,
                PACKAGE + id + "Handler",
                memoryMb,
                timeoutSeconds,
                withCommon(environment),
                access,
                false,
                false,
                single,
                Optional.empty());
    }

    private Map<String, String> withCommon(Map<String, String> own) {
        Map<String, String> environment = new TreeMap<>(own);
        environment.put("FRESHET_STAGE", settings.stage().wireName());
        environment.put("FRESHET_MODEL_ID", settings.modelId());
        environment.put("FRESHET_RETENTION_DAYS", settings.retention().text());
        return environment;
    }

    private Map<String, String> collectEnvironment() {
        return Map.of(
                "FRESHET_EVENTS_STREAM",
                events(),
                "FRESHET_SECRET_ARN",
                secret(),
                ANONYMOUS_PREFIX,
                settings.entrance().anonymousPrefix());
    }

    private List<PolicyStatement> collectAccess() {
        return List.of(Access.put(streams.events), Access.read(storage.secret));
    }

    private Map<String, String> featuresEnvironment() {
        Map<String, String> environment =
                new TreeMap<>(
                        Map.of(
                                "FRESHET_EXAMPLES_STREAM", examples(),
                                "FRESHET_INTERACTIONS_TABLE", storage.interactions.getTableName(),
                                "FRESHET_USERS_TABLE", storage.users.getTableName(),
                                "FRESHET_QUARANTINE_BUCKET",
                                        storage.quarantineBucket.getBucketName(),
                                "FRESHET_SECRET_ARN", secret()));
        settings.strengths()
                .ifPresent(strengths -> environment.put("FRESHET_STRENGTHS", strengths));
        return environment;
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

    private Map<String, String> trainEnvironment() {
        return Map.of(
                "FRESHET_TRENDS_TABLE", storage.trends.getTableName(),
                "FRESHET_MODELS_TABLE", storage.models.getTableName(),
                "FRESHET_MODEL_BUCKET", storage.modelBucket.getBucketName(),
                "FRESHET_QUARANTINE_BUCKET", storage.quarantineBucket.getBucketName());
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

    private Map<String, String> compactEnvironment() {
        return Map.of(
                "FRESHET_EXAMPLES_STREAM", examples(),
                "FRESHET_ITEMS_TABLE", storage.items.getTableName(),
                "FRESHET_MODELS_TABLE", storage.models.getTableName(),
                "FRESHET_MODEL_BUCKET", storage.modelBucket.getBucketName());
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

    private Map<String, String> recommendEnvironment() {
        Map<String, String> environment =
                new TreeMap<>(
                        Map.of(
                                "FRESHET_INTERACTIONS_TABLE",
                                storage.interactions.getTableName(),
                                "FRESHET_USERS_TABLE",
                                storage.users.getTableName(),
                                "FRESHET_MODELS_TABLE",
                                storage.models.getTableName(),
                                "FRESHET_MODEL_BUCKET",
                                storage.modelBucket.getBucketName(),
                                "FRESHET_SECRET_ARN",
                                secret(),
                                ANONYMOUS_PREFIX,
                                settings.entrance().anonymousPrefix()));
        settings.blend().ifPresent(blend -> environment.put("FRESHET_BLEND", blend));
        return environment;
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

    private Map<String, String> catalogEnvironment() {
        return Map.of(
                "FRESHET_EXAMPLES_STREAM", examples(),
                "FRESHET_ITEMS_TABLE", storage.items.getTableName(),
                "FRESHET_EMBEDDER", settings.embedder().wireName());
    }

    private List<PolicyStatement> catalogAccess() {
        List<PolicyStatement> access =
                new ArrayList<>(
                        List.of(
                                Access.put(streams.examples),
                                Access.table(storage.items, "GetItem", "PutItem")));
        if (settings.embedder() == EmbedderChoice.BEDROCK) {
            access.add(Access.ask(Stack.of(this), TITAN));
        }
        return access;
    }

    private Map<String, String> profileEnvironment() {
        return Map.of(
                "FRESHET_EVENTS_STREAM",
                events(),
                "FRESHET_USERS_TABLE",
                storage.users.getTableName(),
                ANONYMOUS_PREFIX,
                settings.entrance().anonymousPrefix());
    }

    private List<PolicyStatement> profileAccess() {
        return List.of(
                Access.put(streams.events), Access.table(storage.users, "GetItem", "PutItem"));
    }

    private Map<String, String> privacyEnvironment() {
        return Map.of(
                "FRESHET_EVENTS_STREAM", events(),
                "FRESHET_INTERACTIONS_TABLE", storage.interactions.getTableName(),
                "FRESHET_USERS_TABLE", storage.users.getTableName(),
                "FRESHET_MODELS_TABLE", storage.models.getTableName(),
                "FRESHET_MODEL_BUCKET", storage.modelBucket.getBucketName(),
                "FRESHET_QUARANTINE_BUCKET", storage.quarantineBucket.getBucketName(),
                "FRESHET_SECRET_ARN", secret());
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
