package dev.freshet.infra;

import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.aws.row.TableKeys;
import java.util.List;
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
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;

/**
 * Where state lives: six tables for what is keyed, two buckets for what is versioned, and the
 * secret of the stack.
 */
final class Storage extends Construct {
    /** Below which quarantined records lie, by stream and shard. */
    static final String QUARANTINE_PREFIX = "quarantine/";

    /** Below which the notes on settled records lie, which name nobody. */
    static final String SETTLED_PREFIX = "settled/";

    /** Days that such a note is kept: one more than the streams keep what could come again. */
    static final int SETTLED_DAYS = 8;

    /**
     * Below which Lambda itself lays down the batches that a mapping gave up; the prefix is AWS's,
     * not ours.
     */
    static final String GIVEN_UP_PREFIX = "aws/lambda/";

    /** Below which the models' deltas and snapshots lie. */
    static final String MODELS_PREFIX = "models/";

    /**
     * Below which the models' deltas lie; those behind the rows that are there compaction deletes.
     */
    static final String DELTAS_PREFIX = MODELS_PREFIX + "*/deltas/";

    /** Below which the models' snapshots lie, all but the newest of which compaction deletes. */
    static final String SNAPSHOTS_PREFIX = MODELS_PREFIX + "*/snapshots/";

    final TableV2 interactions;
    final TableV2 users;
    final TableV2 items;
    final TableV2 trends;
    final TableV2 models;
    final TableV2 keys;
    final Bucket modelBucket;
    final Bucket quarantineBucket;

    /**
     * Signs exposure tokens and makes pseudonyms: with another one every basket would be a
     * stranger's.
     */
    final Secret secret;

    /** Replaces persons' ids at the door; null where they are kept as they are sent. */
    final @Nullable Secret idSecret;

    private final StackSettings settings;
    private final SecurityBaseline safeguards;
    private final @Nullable Bucket objectLog;

    Storage(Construct scope, StackSettings settings, SecurityBaseline safeguards) {
        super(scope, "Storage");
        this.settings = settings;
        this.safeguards = safeguards;
        objectLog = settings.get(StackOptions.OBJECT_LOGS) ? objectLog() : null;
        interactions = table("Interactions", text(TableKeys.READER_ID), text(TableKeys.EVENT_KEY));
        users = table("Users", text(TableKeys.USER_ID), null);
        items = table("Items", text(TableKeys.ITEM_ID), null);
        trends = table("Trends", text(TableKeys.SCOPE), number(TableKeys.WINDOW_START));
        models = table("Models", text(TableKeys.MODEL_ID), number(TableKeys.VERSION));
        keys = table("Keys", text(TableKeys.KEY_ID), null);
        modelBucket = bucket("ModelBucket", List.of(tidy()));
        quarantineBucket =
                bucket(
                        "QuarantineBucket",
                        List.of(
                                tidy(),
                                LifecycleRule.builder()
                                        .id("forget")
                                        .expiration(
                                                Duration.days(
                                                        settings.get(StackOptions.QUARANTINE_DAYS)))
                                        .build(),
                                LifecycleRule.builder()
                                        .id("forgetSettled")
                                        .prefix(SETTLED_PREFIX)
                                        .expiration(Duration.days(SETTLED_DAYS))
                                        .build()));
        secret =
                secret(
                        "Secret",
                        "Freshet: key of pseudonyms, exposure tokens and import permits. Do not rotate.");
        idSecret =
                settings.get(StackOptions.PSEUDONYMISE_IDS)
                        ? secret(
                                "IdSecret",
                                "Freshet: key that replaces persons' ids. With another nobody is found again.")
                        : null;
    }

    private Secret secret(String id, String description) {
        Secret.Builder builder =
                Secret.Builder.create(this, id)
                        .description(description)
                        .generateSecretString(
                                SecretStringGenerator.builder()
                                        .passwordLength(64)
                                        .excludePunctuation(true)
                                        .build())
                        .removalPolicy(safeguards.removalPolicy);
        safeguards.key().ifPresent(builder::encryptionKey);
        Secret built = builder.build();
        LogicalIds.pin(built, id);
        Acknowledged.at(
                built,
                "SMG4",
                "Pseudonyms are made with it: a new one makes every reader a stranger, so its owner"
                        + " decides when, never a schedule.");
        return built;
    }

    private TableV2 table(String id, Attribute partitionKey, @Nullable Attribute sortKey) {
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
                        .removalPolicy(safeguards.removalPolicy);
        if (sortKey != null) {
            table.sortKey(sortKey);
        }
        TableV2 built = table.build();
        safeguards.encrypt(built);
        LogicalIds.pin(built, id);
        return built;
    }

    private Bucket bucket(String id, List<LifecycleRule> rules) {
        Bucket.Builder builder = closed(id, rules);
        safeguards
                .key()
                .ifPresentOrElse(
                        key ->
                                builder.encryption(BucketEncryption.KMS)
                                        .encryptionKey(key)
                                        .bucketKeyEnabled(true),
                        () -> builder.encryption(BucketEncryption.S3_MANAGED));
        if (objectLog != null) {
            builder.serverAccessLogsBucket(objectLog).serverAccessLogsPrefix(id + "/");
        }
        Bucket bucket = builder.build();
        LogicalIds.pin(bucket, id);
        if (objectLog == null) {
            Acknowledged.at(
                    bucket,
                    "S1",
                    "A stack for trying things, or one whose owner said objectLogs=false.");
        }
        return bucket;
    }

    /**
     * Who asked for which object of the two buckets. Under S3's key: S3 does not deliver logs into
     * a bucket under a customer's.
     */
    private Bucket objectLog() {
        Bucket bucket =
                closed(
                                "ObjectLog",
                                List.of(
                                        tidy(),
                                        LifecycleRule.builder()
                                                .id("forget")
                                                .expiration(
                                                        Duration.days(
                                                                settings.get(
                                                                        StackOptions.LOG_DAYS)))
                                                .build()))
                        .encryption(BucketEncryption.S3_MANAGED)
                        .build();
        LogicalIds.pin(bucket, "ObjectLog");
        return bucket;
    }

    /** Closed to the public and to requests that are not encrypted. */
    private Bucket.Builder closed(String id, List<LifecycleRule> rules) {
        return Bucket.Builder.create(this, id)
                .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
                .enforceSsl(true)
                .minimumTlsVersion(1.2)
                .lifecycleRules(rules)
                .removalPolicy(safeguards.removalPolicy);
    }

    private static LifecycleRule tidy() {
        return LifecycleRule.builder()
                .id("drop-unfinished-uploads")
                .abortIncompleteMultipartUploadAfter(Duration.days(1))
                .build();
    }

    private static Attribute text(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }

    private static Attribute number(String name) {
        return Attribute.builder().name(name).type(AttributeType.NUMBER).build();
    }
}
