package dev.freshet.infra;

import static dev.freshet.aws.Setting.COMPACT_FUNCTION;
import static dev.freshet.aws.Setting.EVENTS_STREAM;
import static dev.freshet.aws.Setting.EXAMPLES_STREAM;
import static dev.freshet.aws.Setting.EXPERIMENTS_TABLE;
import static dev.freshet.aws.Setting.EXPOSURES_TABLE;
import static dev.freshet.aws.Setting.ID_SECRET_ARN;
import static dev.freshet.aws.Setting.INTERACTIONS_TABLE;
import static dev.freshet.aws.Setting.ITEMS_TABLE;
import static dev.freshet.aws.Setting.KEYS_TABLE;
import static dev.freshet.aws.Setting.LAKE_BUCKET;
import static dev.freshet.aws.Setting.MODELS_TABLE;
import static dev.freshet.aws.Setting.MODEL_BUCKET;
import static dev.freshet.aws.Setting.OUTCOMES_TABLE;
import static dev.freshet.aws.Setting.QUARANTINE_BUCKET;
import static dev.freshet.aws.Setting.SECRET_ARN;
import static dev.freshet.aws.Setting.TRENDS_TABLE;
import static dev.freshet.aws.Setting.USERS_TABLE;

import dev.freshet.aws.Setting;
import dev.freshet.aws.option.OptionValues.EntranceChoice;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.bulk.BulkRun;
import dev.freshet.model.log.ModelArchive;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.Stack;

/**
 * What each function of the stack uses. A stream that feeds a function is read by Lambda with the
 * function's role, so the role may poll it, and no variable names it.
 */
final class FunctionUses {
    /** The Bedrock model that {@code TitanEmbedder} invokes. */
    private static final String TITAN = "amazon.titan-embed-text-v2:0";

    /** The Bedrock model that {@code TitanImageEmbedder} invokes. */
    private static final String TITAN_IMAGE = "amazon.titan-embed-image-v1";

    /** The most characters before {@code -compact}: Lambda allows names of 64. */
    private static final int LONGEST_PREFIX = 56;

    private final Stack stack;
    private final StackSettings settings;
    private final Storage storage;
    private final StackStreams streams;
    private final Optional<LakeStorage> lake;

    FunctionUses(
            Stack stack,
            StackSettings settings,
            Storage storage,
            StackStreams streams,
            Optional<LakeStorage> lake) {
        this.stack = stack;
        this.settings = settings;
        this.storage = storage;
        this.streams = streams;
        this.lake = lake;
    }

    Uses authorize() {
        return new Uses()
                .table(KEYS_TABLE, storage.keys, "GetItem")
                .read(SECRET_ARN, storage.secret);
    }

    Uses collect() {
        return new Uses()
                .put(EVENTS_STREAM, streams.events)
                .read(SECRET_ARN, storage.secret)
                .and(idsOfUsers());
    }

    Uses recommend() {
        Uses uses =
                new Uses()
                        .table(INTERACTIONS_TABLE, storage.interactions, "Query")
                        .table(OUTCOMES_TABLE, storage.outcomes, "Query")
                        .table(TRENDS_TABLE, storage.trends, "Query")
                        .table(USERS_TABLE, storage.users, "GetItem")
                        .and(model())
                        .list(QUARANTINE_BUCKET, storage.quarantineBucket)
                        .read(SECRET_ARN, storage.secret)
                        .told(EVENTS_STREAM, streams.events.getStreamName())
                        .told(EXAMPLES_STREAM, streams.examples.getStreamName())
                        .may(Access.readMetrics());
        if (settings.get(StackOptions.ENTRANCE) == EntranceChoice.REST) {
            uses.told(
                    Setting.API_METRICS,
                    "ApiName=%s,Stage=%s"
                            .formatted(
                                    Api.name(settings, ApiVariant.KEYS),
                                    settings.text(StackOptions.STAGE)));
        }
        lake.ifPresent(
                of ->
                        uses.objects(
                                        LAKE_BUCKET,
                                        of.bucket,
                                        LakeStorage.ANSWERS_PREFIX,
                                        "GetObject")
                                .list(LAKE_BUCKET, of.bucket));
        return uses.and(idsOfUsers());
    }

    /** Lists in bulk need what a list needs, and are written below one prefix. */
    Uses bulk() {
        return new Uses()
                .table(INTERACTIONS_TABLE, storage.interactions, "Query")
                .table(USERS_TABLE, storage.users, "GetItem")
                .and(model())
                .objects(MODEL_BUCKET, storage.modelBucket, BulkRun.PREFIX, "PutObject")
                .read(SECRET_ARN, storage.secret)
                .and(idsOfUsers());
    }

    Uses catalog() {
        Uses uses =
                new Uses()
                        .put(EXAMPLES_STREAM, streams.examples)
                        .table(
                                EXPERIMENTS_TABLE,
                                storage.experiments,
                                "GetItem",
                                "Scan",
                                "PutItem",
                                "DeleteItem")
                        .table(ITEMS_TABLE, storage.items, "GetItem", "Scan", "PutItem");
        return switch (settings.get(StackOptions.EMBEDDER)) {
            case BEDROCK -> uses.may(Access.invokeModel(stack, TITAN));
            case MULTIMODAL -> uses.may(Access.invokeModel(stack, TITAN_IMAGE));
            case MINILM, NONE -> uses;
        };
    }

    Uses profile() {
        return new Uses()
                .put(EVENTS_STREAM, streams.events)
                .table(USERS_TABLE, storage.users, "GetItem", "PutItem")
                .and(idsOfUsers());
    }

    Uses privacy() {
        Uses uses =
                new Uses()
                        .put(EVENTS_STREAM, streams.events)
                        .table(INTERACTIONS_TABLE, storage.interactions, "Query", "DeleteItem")
                        .table(EXPOSURES_TABLE, storage.exposures, "Query", "DeleteItem")
                        .table(USERS_TABLE, storage.users, "GetItem", "PutItem")
                        .and(model())
                        .and(erasedQuarantine())
                        .read(SECRET_ARN, storage.secret);
        lake.ifPresent(
                of ->
                        uses.told(LAKE_BUCKET, of.bucket.getBucketName())
                                .may(
                                        Access.allow(
                                                of.bucket.arnForObjects(LakeStorage.PROGRESS),
                                                List.of("s3:GetObject")),
                                        Access.list(of.bucket)));
        return uses.and(idsOfUsers());
    }

    Uses features() {
        return new Uses()
                .may(Access.poll(streams.events))
                .put(EXAMPLES_STREAM, streams.examples)
                .table(
                        INTERACTIONS_TABLE,
                        storage.interactions,
                        "PutItem",
                        "GetItem",
                        "Query",
                        "DeleteItem")
                .table(EXPOSURES_TABLE, storage.exposures, "UpdateItem", "Query", "DeleteItem")
                .table(USERS_TABLE, storage.users, "GetItem", "BatchGetItem", "PutItem")
                .read(SECRET_ARN, storage.secret)
                .and(quarantine());
    }

    Uses train() {
        return new Uses()
                .may(Access.poll(streams.examples))
                .table(TRENDS_TABLE, storage.trends, "PutItem")
                .table(OUTCOMES_TABLE, storage.outcomes, "PutItem")
                .table(MODELS_TABLE, storage.models, "GetItem", "Query", "PutItem")
                .objects(
                        MODEL_BUCKET,
                        storage.modelBucket,
                        Storage.MODELS_PREFIX,
                        "GetObject",
                        "PutObject")
                .list(MODEL_BUCKET, storage.modelBucket)
                .told(COMPACT_FUNCTION, compactName())
                .may(Access.invoke(stack, compactName()))
                .and(quarantine());
    }

    Uses compact() {
        return new Uses()
                .put(EXAMPLES_STREAM, streams.examples)
                .table(ITEMS_TABLE, storage.items, "Scan")
                .table(EXPERIMENTS_TABLE, storage.experiments, "Scan")
                .table(
                        MODELS_TABLE,
                        storage.models,
                        "GetItem",
                        "Query",
                        "PutItem",
                        "UpdateItem",
                        "DeleteItem")
                .objects(
                        MODEL_BUCKET,
                        storage.modelBucket,
                        Storage.MODELS_PREFIX,
                        "GetObject",
                        "PutObject")
                .objects(MODEL_BUCKET, storage.modelBucket, Storage.DELTAS_PREFIX, "DeleteObject")
                .objects(
                        MODEL_BUCKET, storage.modelBucket, Storage.SNAPSHOTS_PREFIX, "DeleteObject")
                .objects(MODEL_BUCKET, storage.modelBucket, Storage.SPANS_PREFIX, "DeleteObject")
                .list(MODEL_BUCKET, storage.modelBucket);
    }

    /**
     * Returns the name of the function that compacts, which the trainer invokes. It is fixed, and
     * not made up by CloudFormation, so that the trainer's environment and role do not refer to
     * that function: a deployment replaces the trainer before it.
     */
    String compactName() {
        String name = settings.get(StackOptions.STACK_NAME);
        String prefix =
                name.length() <= LONGEST_PREFIX
                        ? name
                        : name.substring(0, LONGEST_PREFIX - 9)
                                + "-%08x".formatted(name.hashCode());
        return prefix + "-compact";
    }

    Uses scale() {
        return new Uses()
                .told(EVENTS_STREAM, streams.events.getStreamName())
                .may(Access.scale(streams.events), Access.readMetrics());
    }

    Uses retain() {
        return new Uses()
                .told(EVENTS_STREAM, streams.events.getStreamName())
                .told(EXAMPLES_STREAM, streams.examples.getStreamName())
                .may(
                        Access.retain(streams.events),
                        Access.retain(streams.examples),
                        Access.readMetrics());
    }

    Uses lake(LakeStorage of) {
        return new Uses()
                .table(ITEMS_TABLE, storage.items, "Scan")
                .table(USERS_TABLE, storage.users, "GetItem", "BatchGetItem")
                .read(SECRET_ARN, storage.secret)
                .objects(
                        LAKE_BUCKET,
                        of.bucket,
                        LakeStorage.ERRORS_PREFIX,
                        "GetObject",
                        "DeleteObject")
                .objects(LAKE_BUCKET, of.bucket, LakeStorage.STAGING_PREFIX, "PutObject")
                .objects(
                        LAKE_BUCKET,
                        of.bucket,
                        LakeStorage.ITEMS_PREFIX,
                        "PutObject",
                        "DeleteObject")
                .list(LAKE_BUCKET, of.bucket);
    }

    Uses lakeTables(LakeStorage of) {
        Uses uses =
                new Uses()
                        .told(Setting.LAKE_DATABASE, of.databaseName)
                        .told(Setting.LAKE_WORKGROUP, of.workgroupName);
        LakeTables.access(of).forEach(uses::may);
        return uses;
    }

    Uses announce(LakeStorage of) {
        return new Uses()
                .objects(LAKE_BUCKET, of.bucket, LakeStorage.NEIGHBOURS_PREFIX, "GetObject")
                .list(LAKE_BUCKET, of.bucket)
                .objects(MODEL_BUCKET, storage.modelBucket, ModelArchive.NEIGHBOURS, "PutObject")
                .put(EXAMPLES_STREAM, streams.examples);
    }

    /** A replica of the model is loaded and followed. */
    private Uses model() {
        return new Uses()
                .table(MODELS_TABLE, storage.models, "GetItem", "Query")
                .objects(MODEL_BUCKET, storage.modelBucket, Storage.MODELS_PREFIX, "GetObject")
                .list(MODEL_BUCKET, storage.modelBucket);
    }

    /** Ids of users arrive, and are replaced if the stack has a secret for that. */
    private Uses idsOfUsers() {
        return storage.idSecret == null
                ? new Uses()
                : new Uses().read(ID_SECRET_ARN, storage.idSecret);
    }

    /**
     * Records are quarantined. The function writes single records below one prefix; Lambda writes
     * the batches that a mapping gave up below the other, with the function's role.
     */
    private Uses quarantine() {
        return new Uses()
                .objects(
                        QUARANTINE_BUCKET,
                        storage.quarantineBucket,
                        Storage.QUARANTINE_PREFIX,
                        "PutObject")
                .objects(
                        QUARANTINE_BUCKET,
                        storage.quarantineBucket,
                        Storage.REASONS_PREFIX,
                        "PutObject")
                .objects(
                        QUARANTINE_BUCKET,
                        storage.quarantineBucket,
                        Storage.GIVEN_UP_PREFIX,
                        "PutObject")
                .list(QUARANTINE_BUCKET, storage.quarantineBucket);
    }

    /** Records of an erased person are taken out of the quarantine. */
    private Uses erasedQuarantine() {
        return new Uses()
                .objects(
                        QUARANTINE_BUCKET,
                        storage.quarantineBucket,
                        Storage.QUARANTINE_PREFIX,
                        "GetObject",
                        "PutObject",
                        "DeleteObject")
                .objects(
                        QUARANTINE_BUCKET,
                        storage.quarantineBucket,
                        Storage.GIVEN_UP_PREFIX,
                        "GetObject",
                        "DeleteObject")
                .objects(
                        QUARANTINE_BUCKET,
                        storage.quarantineBucket,
                        Storage.SETTLED_PREFIX,
                        "GetObject",
                        "PutObject")
                .objects(
                        QUARANTINE_BUCKET,
                        storage.quarantineBucket,
                        Storage.REASONS_PREFIX,
                        "PutObject",
                        "DeleteObject")
                .list(QUARANTINE_BUCKET, storage.quarantineBucket);
    }
}
