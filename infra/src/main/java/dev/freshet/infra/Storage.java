package dev.freshet.infra;

import static dev.freshet.aws.Setting.EXPERIMENTS_TABLE;
import static dev.freshet.aws.Setting.EXPOSURES_TABLE;
import static dev.freshet.aws.Setting.INTERACTIONS_TABLE;
import static dev.freshet.aws.Setting.ITEMS_TABLE;
import static dev.freshet.aws.Setting.KEYS_TABLE;
import static dev.freshet.aws.Setting.MODELS_TABLE;
import static dev.freshet.aws.Setting.OUTCOMES_TABLE;
import static dev.freshet.aws.Setting.TRENDS_TABLE;
import static dev.freshet.aws.Setting.USERS_TABLE;

import dev.freshet.aws.Setting;
import dev.freshet.aws.dynamodb.TableKeys;
import dev.freshet.aws.option.StackOption;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.recommend.BulkRun;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;

/** The storage of the stack: nine DynamoDB tables, two S3 buckets and the secrets. */
final class Storage extends Construct {
    /** The prefix of quarantined records, which are ordered by stream and shard. */
    static final String QUARANTINE_PREFIX = "quarantine/";

    /** The prefix of the notes on settled records, which contain no ids of users. */
    static final String SETTLED_PREFIX = "settled/";

    /** The prefix of empty objects whose names tell the reasons of quarantined records. */
    static final String REASONS_PREFIX = "reasons/";

    /** Days that a note on a settled record is kept: one more than the streams keep the record. */
    static final int SETTLED_DAYS = 8;

    /**
     * The prefix, chosen by AWS, of the batches that Lambda writes when an event source mapping
     * gives up.
     */
    static final String GIVEN_UP_PREFIX = "aws/lambda/";

    /** The prefix of the deltas and snapshots of models. */
    static final String MODELS_PREFIX = "models/";

    /** The prefix of the deltas of models; compaction deletes those whose version rows are gone. */
    static final String DELTAS_PREFIX = MODELS_PREFIX + "*/deltas/";

    /** The prefix of the snapshots of models; compaction deletes all but the newest. */
    static final String SNAPSHOTS_PREFIX = MODELS_PREFIX + "*/snapshots/";

    /** The prefix of the spans of deltas, which compaction deletes behind the newest snapshot. */
    static final String SPANS_PREFIX = MODELS_PREFIX + "*/spans/";

    /** Days that versions of objects are kept which people deleted or overwrote. */
    private static final int VERSION_DAYS = 7;

    private final Map<Setting, TableV2> tables = new EnumMap<>(Setting.class);
    final Bucket modelBucket;
    final Bucket quarantineBucket;

    /**
     * The secret that signs exposure tokens and makes the pseudonyms of users. With another secret
     * the model would know no user any more.
     */
    final ISecret secret;

    /**
     * The secret that replaces ids of users on receipt; null if ids are stored as they are sent.
     */
    final @Nullable ISecret idSecret;

    private static final String PSEUDONYMS =
            "Pseudonyms are made with it: after a rotation the model would know no user any more, so"
                    + " it is never rotated by schedule.";

    private final StackSettings settings;
    private final SecurityBaseline baseline;
    private final @Nullable Bucket objectLog;

    Storage(Construct scope, SecurityBaseline baseline) {
        super(scope, "Storage");
        this.settings = baseline.settings;
        this.baseline = baseline;
        objectLog = settings.get(StackOptions.OBJECT_LOGS) ? objectLog() : null;
        table(INTERACTIONS_TABLE, text(TableKeys.USER_ID), text(TableKeys.EVENT_KEY));
        table(EXPOSURES_TABLE, text(TableKeys.USER_ID), text(TableKeys.LIST_KEY));
        table(USERS_TABLE, text(TableKeys.USER_ID), null);
        table(ITEMS_TABLE, text(TableKeys.ITEM_ID), null);
        table(TRENDS_TABLE, text(TableKeys.SCOPE), number(TableKeys.WINDOW_START));
        table(OUTCOMES_TABLE, text(TableKeys.SCOPE), text(TableKeys.DAY_KEY));
        table(EXPERIMENTS_TABLE, text(TableKeys.EXPERIMENT_ID), null);
        table(MODELS_TABLE, text(TableKeys.MODEL_ID), number(TableKeys.VERSION));
        table(KEYS_TABLE, text(TableKeys.KEY_ID), null);
        modelBucket = modelBucket();
        quarantineBucket =
                bucket(
                        "QuarantineBucket",
                        List.of(
                                forget("forget", null, settings.get(StackOptions.QUARANTINE_DAYS)),
                                forget("forgetSettled", SETTLED_PREFIX, SETTLED_DAYS)));
        secret =
                secret(
                        "Secret",
                        StackOptions.SECRET_ARN,
                        "Freshet: key of pseudonyms, exposure tokens and import permits. Do not rotate.");
        idSecret =
                settings.get(StackOptions.PSEUDONYMISE_IDS)
                        ? secret(
                                "IdSecret",
                                StackOptions.ID_SECRET_ARN,
                                "Freshet: key that replaces ids of users. With another key no stored user is found again.")
                        : null;
    }

    /** Returns the secret with the key of the canary, made at this call; empty without a canary. */
    Optional<Secret> canaryKey() {
        String description =
                "Freshet: the key with which the canary asks for a list. Put one of ./freshet keys create here.";
        return settings.get(StackOptions.CANARY)
                ? Optional.of(
                        newSecret(
                                "CanaryKey",
                                description,
                                "A key of the API is made by its owner, who puts another one here before it ends."))
                : Optional.empty();
    }

    /** Returns the secret that an option names, or makes one. */
    private ISecret secret(String id, StackOption<String> existing, String description) {
        return settings.find(existing)
                .map(arn -> Secret.fromSecretCompleteArn(this, id, arn))
                .orElseGet(() -> newSecret(id, description, PSEUDONYMS));
    }

    private Secret newSecret(String id, String description, String neverRotated) {
        Secret.Builder builder =
                Secret.Builder.create(this, id)
                        .description(description)
                        .generateSecretString(
                                SecretStringGenerator.builder()
                                        .passwordLength(64)
                                        .excludePunctuation(true)
                                        .build())
                        .removalPolicy(baseline.removalPolicyOnceCreated);
        baseline.key().ifPresent(builder::encryptionKey);
        Secret built = builder.build();
        FreshetStack.pin(built, id);
        Acknowledged.at(built, "SMG4", neverRotated);
        return built;
    }

    /** Returns the table that a setting names. */
    TableV2 table(Setting name) {
        return Objects.requireNonNull(tables.get(name), name.variable());
    }

    /** Adds the table that a setting names, such as {@code Users} for {@code USERS_TABLE}. */
    private void table(Setting name, Attribute partitionKey, @Nullable Attribute sortKey) {
        String id =
                name.name().charAt(0)
                        + name.name().toLowerCase(Locale.ROOT).replace("_table", "").substring(1);
        TableV2.Builder table =
                TableV2.Builder.create(this, id)
                        .partitionKey(partitionKey)
                        .billing(Billing.onDemand())
                        .timeToLiveAttribute(TableKeys.EXPIRES_AT)
                        .pointInTimeRecoverySpecification(
                                PointInTimeRecoverySpecification.builder()
                                        .pointInTimeRecoveryEnabled(
                                                settings.get(StackOptions.PROTECTION))
                                        .build())
                        .deletionProtection(settings.get(StackOptions.PROTECTION))
                        .removalPolicy(baseline.removalPolicy);
        if (sortKey != null) {
            table.sortKey(sortKey);
        }
        TableV2 built = table.build();
        baseline.encrypt(built);
        FreshetStack.pin(built, id);
        tables.put(name, built);
    }

    /**
     * Returns the bucket of the pages, which contains what the build made and nothing of users. It
     * is encrypted under S3's own key, so that CloudFront needs no right on the stack's.
     */
    Bucket siteBucket() {
        Bucket.Builder builder =
                privateBucket("SiteBucket", List.of()).encryption(BucketEncryption.S3_MANAGED);
        return logged(builder, "SiteBucket");
    }

    /**
     * Returns the bucket of the lake. Rows that were brought back of errors are there until they
     * are inserted, or as long as arrivals.
     */
    Bucket lakeBucket() {
        return bucket(
                "LakeBucket",
                List.of(
                        forget(
                                "forgetErrors",
                                LakeStorage.ERRORS_PREFIX,
                                settings.get(StackOptions.QUARANTINE_DAYS)),
                        forget(
                                "forgetStaging",
                                LakeStorage.STAGING_PREFIX,
                                LakeStatements.ARRIVALS_DAYS),
                        forget("forgetCopiedItems", LakeStorage.ITEMS_PREFIX, 1),
                        forget("forgetNeighbours", LakeStorage.NEIGHBOURS_PREFIX, 14),
                        forget("forgetLogs", LakeStorage.LOGS_PREFIX, 14),
                        forget("forgetResults", LakeStorage.RESULTS_PREFIX, 1)));
    }

    /**
     * Returns the bucket of the models, and of lists made in bulk. With {@code protection} it keeps
     * what people delete or overwrite by hand; what compaction removes is gone with its versions
     * ({@code S3ObjectStore}), so that they cost next to nothing and an erasure does not wait for
     * them. Versions are gone after {@value #VERSION_DAYS} days, also where {@code protection} was
     * taken away.
     */
    private Bucket modelBucket() {
        Duration day = Duration.days(BulkRun.DAYS);
        LifecycleRule.Builder lists =
                LifecycleRule.builder().id("forgetBulk").prefix(BulkRun.PREFIX).expiration(day);
        List<LifecycleRule> rules = new ArrayList<>();
        if (settings.get(StackOptions.BULK)) {
            rules.add(lists.noncurrentVersionExpiration(day).build());
        }
        rules.add(
                LifecycleRule.builder()
                        .id("forgetVersions")
                        .noncurrentVersionExpiration(Duration.days(VERSION_DAYS))
                        .expiredObjectDeleteMarker(true)
                        .build());
        Bucket bucket = bucket("ModelBucket", rules);
        if (settings.get(StackOptions.PROTECTION)) {
            FreshetStack.resource(bucket, CfnBucket.class)
                    .addPropertyOverride("VersioningConfiguration.Status", "Enabled");
        }
        return bucket;
    }

    /** Returns the rule that deletes objects, those below a prefix or all, after some days. */
    private static LifecycleRule forget(String id, @Nullable String prefix, int days) {
        return LifecycleRule.builder()
                .id(id)
                .prefix(prefix)
                .expiration(Duration.days(days))
                .build();
    }

    private Bucket bucket(String id, List<LifecycleRule> rules) {
        Bucket.Builder builder = privateBucket(id, rules);
        baseline.key()
                .ifPresentOrElse(
                        key ->
                                builder.encryption(BucketEncryption.KMS)
                                        .encryptionKey(key)
                                        .bucketKeyEnabled(true),
                        () -> builder.encryption(BucketEncryption.S3_MANAGED));
        return logged(builder, id);
    }

    /** Builds a bucket whose accesses are logged, if the owner chose that. */
    private Bucket logged(Bucket.Builder builder, String id) {
        if (objectLog != null) {
            builder.serverAccessLogsBucket(objectLog).serverAccessLogsPrefix(id + "/");
        }
        Bucket bucket = builder.build();
        FreshetStack.pin(bucket, id);
        if (objectLog == null) {
            Acknowledged.at(
                    bucket,
                    "S1",
                    "The stack is for trying things, or its owner set objectLogs=false.");
        }
        return bucket;
    }

    /**
     * Returns the bucket of the access logs of the other buckets. It is encrypted under S3's own
     * key, because S3 does not deliver logs into a bucket under a customer's key.
     */
    private Bucket objectLog() {
        Bucket bucket =
                privateBucket(
                                "ObjectLog",
                                List.of(
                                        forget(
                                                "forget",
                                                null,
                                                settings.get(StackOptions.LOG_DAYS))))
                        .encryption(BucketEncryption.S3_MANAGED)
                        .build();
        FreshetStack.pin(bucket, "ObjectLog");
        return bucket;
    }

    /** Returns a builder of a bucket that allows neither public access nor unencrypted requests. */
    private Bucket.Builder privateBucket(String id, List<LifecycleRule> rules) {
        List<LifecycleRule> all = new ArrayList<>(rules);
        all.addFirst(
                LifecycleRule.builder()
                        .id("drop-unfinished-uploads")
                        .abortIncompleteMultipartUploadAfter(Duration.days(1))
                        .build());
        return Bucket.Builder.create(this, id)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .enforceSsl(true)
                .minimumTlsVersion(1.2)
                .lifecycleRules(all)
                .removalPolicy(baseline.removalPolicyOnceCreated);
    }

    /** Returns an attribute of a key that is a text. */
    static Attribute text(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }

    private static Attribute number(String name) {
        return Attribute.builder().name(name).type(AttributeType.NUMBER).build();
    }
}
