package dev.freshet.infra;

import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.aws.option.Stage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.CfnGlobalTable;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Alias;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * What all parts of a stack are guarded with: its key, where it has one of its own, and logs that
 * end. Every table, stream, bucket, secret, log and role asks here.
 */
final class SecurityBaseline extends Construct {
    final StackSettings settings;

    /** What becomes of tables, streams, buckets and secrets when the stack is destroyed. */
    final RemovalPolicy removalPolicy;

    private final @Nullable Key key;

    SecurityBaseline(Construct scope, StackSettings settings) {
        super(scope, "Safeguards");
        this.settings = settings;
        removalPolicy =
                settings.get(StackOptions.STAGE) == Stage.PROD
                        ? RemovalPolicy.RETAIN
                        : RemovalPolicy.DESTROY;
        key =
                settings.get(StackOptions.CUSTOMER_KEY)
                        ? key(settings.get(StackOptions.STACK_NAME))
                        : null;
    }

    /** The stack's own key, or empty where AWS's keys are good enough. */
    Optional<IKey> key() {
        return Optional.ofNullable(key);
    }

    /**
     * Puts a table under the stack's own key; without one it is under DynamoDB's. Written into the
     * resource, because {@link TableV2} takes a key only where the region is known beforehand, and
     * this template is the same for every region.
     */
    void encrypt(TableV2 table) {
        if (key != null && table.getNode().getDefaultChild() instanceof CfnGlobalTable resource) {
            resource.addPropertyOverride("SSESpecification.SSEEnabled", true);
            resource.addPropertyOverride("SSESpecification.SSEType", "KMS");
            resource.addPropertyOverride(
                    "Replicas.0.SSESpecification.KMSMasterKeyId", key.getKeyArn());
        }
    }

    /** A log that ends, under the stack's key; it goes with the stack. */
    LogGroup log(Construct owner, String logicalId) {
        LogGroup.Builder log =
                LogGroup.Builder.create(owner, "Log")
                        .retention(logRetention(settings.get(StackOptions.LOG_DAYS)))
                        .removalPolicy(RemovalPolicy.DESTROY);
        if (key != null) {
            log.encryptionKey(key);
        }
        LogGroup built = log.build();
        LogicalIds.pin(built, logicalId);
        return built;
    }

    /** Returns a number of days as CloudWatch's constant. */
    static RetentionDays logRetention(int days) {
        return switch (days) {
            case 1 -> RetentionDays.ONE_DAY;
            case 3 -> RetentionDays.THREE_DAYS;
            case 7 -> RetentionDays.ONE_WEEK;
            case 14 -> RetentionDays.TWO_WEEKS;
            case 30 -> RetentionDays.ONE_MONTH;
            case 60 -> RetentionDays.TWO_MONTHS;
            case 90 -> RetentionDays.THREE_MONTHS;
            case 180 -> RetentionDays.SIX_MONTHS;
            case 365 -> RetentionDays.ONE_YEAR;
            default ->
                    throw new IllegalArgumentException(
                            "CloudWatch cannot keep logs for " + days + " days");
        };
    }

    /** Allows the role what is listed, and of the stack's key what that takes. */
    void allow(Role role, List<PolicyStatement> access) {
        access.forEach(role::addToPolicy);
        Acknowledged.prefixes(role, access);
        if (key != null) {
            KeyUse.of(key.getKeyArn(), Stack.of(this).getRegion(), access)
                    .forEach(role::addToPolicy);
        }
    }

    /**
     * Rotated once a year by KMS, which keeps the earlier material, so nothing is encrypted anew.
     * Kept when the stack goes, in any stage: what was kept under it could not be read otherwise.
     */
    private Key key(String stackName) {
        Key made =
                Key.Builder.create(this, "Key")
                        .description("Freshet: what the stack " + stackName + " keeps")
                        .enableKeyRotation(true)
                        .removalPolicy(RemovalPolicy.RETAIN)
                        .build();
        LogicalIds.pin(made, "Key");
        Alias alias =
                Alias.Builder.create(this, "KeyAlias")
                        .aliasName("alias/" + stackName)
                        .targetKey(made)
                        .build();
        LogicalIds.pin(alias, "KeyAlias");
        Stack stack = Stack.of(this);
        made.addToResourcePolicy(
                PolicyStatement.Builder.create()
                        .sid("LogsOfThisStack")
                        .principals(
                                List.of(
                                        new ServicePrincipal(
                                                "logs." + stack.getRegion() + ".amazonaws.com")))
                        .actions(
                                List.of(
                                        "kms:Decrypt",
                                        "kms:DescribeKey",
                                        "kms:Encrypt",
                                        "kms:GenerateDataKey",
                                        "kms:GenerateDataKeyWithoutPlaintext",
                                        "kms:ReEncryptFrom",
                                        "kms:ReEncryptTo"))
                        .resources(List.of("*"))
                        .conditions(
                                Map.of(
                                        "ArnLike",
                                        Map.of(
                                                "kms:EncryptionContext:aws:logs:arn",
                                                "arn:%s:logs:%s:%s:log-group:%s-*"
                                                        .formatted(
                                                                stack.getPartition(),
                                                                stack.getRegion(),
                                                                stack.getAccount(),
                                                                stackName))))
                        .build());
        made.addToResourcePolicy(
                PolicyStatement.Builder.create()
                        .sid("AlarmsIntoTheTopic")
                        .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                        .actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
                        .resources(List.of("*"))
                        .build());
        return made;
    }
}
