package dev.freshet.infra;

import static dev.freshet.aws.Setting.COMPACT_FUNCTION;
import static dev.freshet.aws.Setting.EVENTS_STREAM;
import static dev.freshet.aws.Setting.EXAMPLES_STREAM;
import static dev.freshet.aws.Setting.EXPERIMENTS_TABLE;
import static dev.freshet.aws.Setting.EXPOSURES_TABLE;
import static dev.freshet.aws.Setting.FEATURES_FUNCTION;
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
import static dev.freshet.aws.Setting.TRAIN_FUNCTION;
import static dev.freshet.aws.Setting.TRENDS_TABLE;
import static dev.freshet.aws.Setting.USERS_TABLE;
import static dev.freshet.infra.Storage.DELTAS_PREFIX;
import static dev.freshet.infra.Storage.GIVEN_UP_PREFIX;
import static dev.freshet.infra.Storage.MODELS_PREFIX;
import static dev.freshet.infra.Storage.QUARANTINE_PREFIX;
import static dev.freshet.infra.Storage.REASONS_PREFIX;
import static dev.freshet.infra.Storage.SETTLED_PREFIX;
import static dev.freshet.infra.Storage.SNAPSHOTS_PREFIX;
import static dev.freshet.infra.Storage.SPANS_PREFIX;

import dev.freshet.aws.Setting;
import dev.freshet.aws.option.OptionValues.ConsumerChoice;
import dev.freshet.aws.option.OptionValues.EntranceChoice;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.model.log.ModelArchive;
import dev.freshet.recommend.BulkRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.secretsmanager.ISecret;

/**
 * What each function of the stack uses. A stream that feeds a function is read by Lambda with the
 * function's role, so the role may poll it, and no variable names it.
 */
final class FunctionUses {
    /** The Bedrock model of {@code TitanEmbedder.ofTexts}. */
    private static final String TITAN = "amazon.titan-embed-text-v2:0";

    /** The Bedrock model of {@code TitanEmbedder.ofImages}. */
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

    /**
     * What one function uses: each resource by the environment variable that names it, and what the
     * function's role may do with it. The permissions keep the order in which they were added.
     */
    final class Uses {
        private final Map<Setting, String> variables = new EnumMap<>(Setting.class);
        private final List<PolicyStatement> access = new ArrayList<>();

        /** Adds DynamoDB operations, such as {@code "Query"}, on a table. */
        private Uses table(Setting name, String... operations) {
            TableV2 table = storage.table(name);
            return passed(name, table.getTableName()).may(Access.table(table, operations));
        }

        /** Adds that records are put into a stream. */
        private Uses put(Setting name) {
            return stream(name).may(Access.stream(streams.of(name), "PutRecord", "PutRecords"));
        }

        /** Adds the name of a stream, without a permission. */
        private Uses stream(Setting name) {
            return passed(name, streams.of(name).getStreamName());
        }

        /** Adds that a secret is read. */
        private Uses read(Setting name, ISecret secret) {
            return passed(name, secret.getSecretArn())
                    .may(Access.allow(secret.getSecretArn(), "secretsmanager:GetSecretValue"));
        }

        /** Adds S3 operations, such as {@code "GetObject"}, on the objects below a prefix. */
        private Uses objects(Setting name, String prefix, String... operations) {
            return passed(name, bucket(name).getBucketName())
                    .may(Access.objects(bucket(name), prefix, operations));
        }

        /** Adds that a bucket is listed. */
        private Uses list(Setting name) {
            return passed(name, bucket(name).getBucketName()).may(Access.list(bucket(name)));
        }

        private IBucket bucket(Setting name) {
            return switch (name) {
                case MODEL_BUCKET -> storage.modelBucket;
                case QUARANTINE_BUCKET -> storage.quarantineBucket;
                default -> lake.orElseThrow().bucket;
            };
        }

        /** Adds a variable that comes with no permission. */
        private Uses passed(Setting name, String value) {
            variables.put(name, value);
            return this;
        }

        /** Adds permissions that come with no variable. */
        private Uses may(PolicyStatement... statements) {
            Collections.addAll(access, statements);
            return this;
        }

        /** Adds all that another function uses. */
        Uses and(Uses other) {
            variables.putAll(other.variables);
            access.addAll(other.access);
            return this;
        }

        /** Returns the values of the environment variables. */
        Map<Setting, String> variables() {
            return Collections.unmodifiableMap(variables);
        }

        /** Returns the permissions of the role. */
        List<PolicyStatement> access() {
            return List.copyOf(access);
        }
    }

    Uses authorize() {
        return new Uses().table(KEYS_TABLE, "GetItem").read(SECRET_ARN, storage.secret);
    }

    Uses collect() {
        return new Uses().put(EVENTS_STREAM).read(SECRET_ARN, storage.secret).and(idsOfUsers());
    }

    Uses recommend() {
        Uses uses =
                new Uses()
                                .table(INTERACTIONS_TABLE, "Query")
                                .table(OUTCOMES_TABLE, "Query")
                                .table(TRENDS_TABLE, "Query")
                                .table(USERS_TABLE, "GetItem")
                                .and(model())
                                .list(QUARANTINE_BUCKET)
                                .read(SECRET_ARN, storage.secret)
                                .stream(EVENTS_STREAM)
                                .stream(EXAMPLES_STREAM)
                                .may(Access.readMetrics());
        if (settings.get(StackOptions.ENTRANCE) == EntranceChoice.REST) {
            String api = Api.name(settings, Api.Variant.KEYS);
            String stage = settings.text(StackOptions.STAGE);
            uses.passed(Setting.API_METRICS, "ApiName=%s,Stage=%s".formatted(api, stage));
        }
        if (lake.isPresent()) {
            uses.objects(LAKE_BUCKET, LakeStorage.ANSWERS_PREFIX, "GetObject").list(LAKE_BUCKET);
        }
        return uses.and(idsOfUsers());
    }

    /** Lists in bulk need what a list needs, and are written below one prefix. */
    Uses bulk() {
        return new Uses()
                .table(INTERACTIONS_TABLE, "Query")
                .table(USERS_TABLE, "GetItem")
                .and(model())
                .objects(MODEL_BUCKET, BulkRun.PREFIX, "PutObject")
                .read(SECRET_ARN, storage.secret)
                .and(idsOfUsers());
    }

    Uses catalog() {
        Uses uses =
                new Uses()
                        .put(EXAMPLES_STREAM)
                        .table(EXPERIMENTS_TABLE, "GetItem", "Scan", "PutItem", "DeleteItem")
                        .table(ITEMS_TABLE, "GetItem", "Scan", "PutItem");
        return switch (settings.get(StackOptions.EMBEDDER)) {
            case BEDROCK -> uses.may(invokeModel(TITAN));
            case MULTIMODAL -> uses.may(invokeModel(TITAN_IMAGE));
            case MINILM, NONE -> uses;
        };
    }

    /** Allows invoking a foundation model of Bedrock in the region of the stack. */
    private PolicyStatement invokeModel(String model) {
        return Access.allow(
                "arn:%s:bedrock:%s::foundation-model/%s"
                        .formatted(stack.getPartition(), stack.getRegion(), model),
                "bedrock:InvokeModel");
    }

    Uses profile() {
        return new Uses()
                .put(EVENTS_STREAM)
                .table(USERS_TABLE, "GetItem", "PutItem")
                .and(idsOfUsers());
    }

    Uses privacy() {
        Uses uses =
                new Uses()
                        .put(EVENTS_STREAM)
                        .table(INTERACTIONS_TABLE, "Query", "DeleteItem")
                        .table(EXPOSURES_TABLE, "Query", "DeleteItem")
                        .table(USERS_TABLE, "GetItem", "PutItem")
                        .and(model())
                        .and(erasedQuarantine())
                        .read(SECRET_ARN, storage.secret);
        lake.ifPresent(
                of ->
                        uses.may(
                                        Access.allow(
                                                of.bucket.arnForObjects(LakeStorage.PROGRESS),
                                                "s3:GetObject"))
                                .list(LAKE_BUCKET));
        return uses.and(idsOfUsers());
    }

    Uses features() {
        return new Uses()
                .may(Access.poll(streams.events))
                .put(EXAMPLES_STREAM)
                .table(
                        INTERACTIONS_TABLE,
                        "PutItem",
                        "PartiQLInsert",
                        "GetItem",
                        "Query",
                        "DeleteItem")
                .table(EXPOSURES_TABLE, "UpdateItem", "Query", "DeleteItem")
                .table(USERS_TABLE, "GetItem", "BatchGetItem", "PutItem")
                .read(SECRET_ARN, storage.secret)
                .and(quarantine());
    }

    Uses train() {
        String compact = compactName() + ":" + FreshetFunction.ALIAS;
        return new Uses()
                .may(Access.poll(streams.examples))
                .table(TRENDS_TABLE, "PutItem")
                .table(OUTCOMES_TABLE, "PutItem")
                .table(MODELS_TABLE, "GetItem", "Query", "PutItem")
                .objects(MODEL_BUCKET, MODELS_PREFIX, "GetObject", "PutObject")
                .list(MODEL_BUCKET)
                .passed(COMPACT_FUNCTION, compact)
                .may(
                        Access.allow(
                                Access.arn(stack, "lambda", "function:" + compact),
                                "lambda:InvokeFunction"))
                .and(quarantine());
    }

    Uses compact() {
        return new Uses()
                .put(EXAMPLES_STREAM)
                .table(ITEMS_TABLE, "Scan")
                .table(EXPERIMENTS_TABLE, "Scan")
                .table(MODELS_TABLE, "GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem")
                .objects(MODEL_BUCKET, MODELS_PREFIX, "GetObject", "PutObject")
                .list(MODEL_BUCKET)
                .and(sweeping());
    }

    /** Objects of models are removed, with the versions that a bucket may keep of them. */
    private Uses sweeping() {
        boolean versions = settings.get(StackOptions.PROTECTION);
        String[] delete = {"DeleteObject", "DeleteObjectVersion"};
        String[] operations = Arrays.copyOf(delete, versions ? 2 : 1);
        Uses uses =
                new Uses()
                        .objects(MODEL_BUCKET, DELTAS_PREFIX, operations)
                        .objects(MODEL_BUCKET, SNAPSHOTS_PREFIX, operations)
                        .objects(MODEL_BUCKET, SPANS_PREFIX, operations);
        if (settings.get(StackOptions.BATCH)) {
            uses.objects(MODEL_BUCKET, ModelArchive.NEIGHBOURS, operations);
        }
        String bucket = storage.modelBucket.getBucketArn();
        return versions ? uses.may(Access.allow(bucket, "s3:ListBucketVersions")) : uses;
    }

    /**
     * Returns the name of the function that compacts, which the trainer invokes. It is fixed, and
     * not made up by CloudFormation, so that the trainer's environment and role do not refer to
     * that function: a deployment replaces the trainer before it.
     */
    String compactName() {
        return StateMachines.shortened(settings.get(StackOptions.STACK_NAME), LONGEST_PREFIX)
                + "-compact";
    }

    Uses canary(ISecret key) {
        return new Uses().read(Setting.CANARY_KEY_ARN, key);
    }

    Uses scale() {
        return new Uses()
                .stream(EVENTS_STREAM)
                        .may(
                                Access.scale(streams.events),
                                Access.updateShardCount(),
                                Access.readMetrics());
    }

    /** The functions say how far they are behind, unless the worker reads in place of them. */
    Uses retain(FreshetFunction features, FreshetFunction train) {
        Uses uses =
                new Uses()
                        .stream(EVENTS_STREAM).stream(EXAMPLES_STREAM)
                                .may(
                                        Access.retain(streams.events),
                                        Access.retain(streams.examples),
                                        Access.readMetrics());
        if (settings.get(StackOptions.CONSUMER) == ConsumerChoice.FUNCTIONS) {
            uses.passed(FEATURES_FUNCTION, features.function.getFunctionName())
                    .passed(TRAIN_FUNCTION, train.function.getFunctionName());
        }
        return uses;
    }

    Uses lake() {
        return new Uses()
                .table(ITEMS_TABLE, "Scan")
                .table(USERS_TABLE, "GetItem", "BatchGetItem")
                .read(SECRET_ARN, storage.secret)
                .objects(LAKE_BUCKET, LakeStorage.ERRORS_PREFIX, "GetObject", "DeleteObject")
                .objects(LAKE_BUCKET, LakeStorage.STAGING_PREFIX, "PutObject")
                .objects(LAKE_BUCKET, LakeStorage.ITEMS_PREFIX, "PutObject", "DeleteObject")
                .list(LAKE_BUCKET);
    }

    Uses lakeTables(LakeStorage of) {
        return new Uses()
                .passed(Setting.LAKE_DATABASE, of.databaseName)
                .passed(Setting.LAKE_WORKGROUP, of.workgroupName)
                .passed(LAKE_BUCKET, of.bucket.getBucketName())
                .may(Lake.Tables.access(of).toArray(PolicyStatement[]::new));
    }

    Uses announce() {
        return new Uses()
                .objects(LAKE_BUCKET, LakeStorage.NEIGHBOURS_PREFIX, "GetObject")
                .list(LAKE_BUCKET)
                .objects(MODEL_BUCKET, ModelArchive.NEIGHBOURS, "PutObject")
                .put(EXAMPLES_STREAM);
    }

    /** A replica of the model is loaded and followed. */
    private Uses model() {
        return new Uses()
                .table(MODELS_TABLE, "GetItem", "Query")
                .objects(MODEL_BUCKET, MODELS_PREFIX, "GetObject")
                .list(MODEL_BUCKET);
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
                .objects(QUARANTINE_BUCKET, QUARANTINE_PREFIX, "PutObject")
                .objects(QUARANTINE_BUCKET, REASONS_PREFIX, "PutObject")
                .objects(QUARANTINE_BUCKET, GIVEN_UP_PREFIX, "PutObject")
                .list(QUARANTINE_BUCKET);
    }

    /** Records of an erased person are taken out of the quarantine. */
    private Uses erasedQuarantine() {
        return new Uses()
                .objects(
                        QUARANTINE_BUCKET,
                        QUARANTINE_PREFIX,
                        "GetObject",
                        "PutObject",
                        "DeleteObject")
                .objects(QUARANTINE_BUCKET, GIVEN_UP_PREFIX, "GetObject", "DeleteObject")
                .objects(QUARANTINE_BUCKET, SETTLED_PREFIX, "GetObject", "PutObject")
                .objects(QUARANTINE_BUCKET, REASONS_PREFIX, "PutObject", "DeleteObject")
                .list(QUARANTINE_BUCKET);
    }
}
