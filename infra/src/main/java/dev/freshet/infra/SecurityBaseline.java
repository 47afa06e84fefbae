package dev.freshet.infra;

import dev.freshet.aws.option.OptionValues.OwnKey;
import dev.freshet.aws.option.OptionValues.Stage;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
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
 * The security measures that all resources of a stack share: encryption under the stack's own key,
 * if it has one, log groups that expire, and permissions to use the key. Every table, stream,
 * bucket, secret, log group and role is set up through this construct.
 */
final class SecurityBaseline extends Construct {
    final StackSettings settings;

    /** What becomes of tables when the stack is destroyed. */
    final RemovalPolicy removalPolicy;

    /**
     * What becomes of streams, buckets and secrets when the stack is destroyed. Those of a stack
     * whose first deployment fails are deleted, because they cost money and hold nothing. Tables
     * cannot be: they are protected from deletion from the moment they exist, and cost nothing
     * while they are empty.
     */
    final RemovalPolicy removalPolicyOnceCreated;

    private final OwnKey ownKey;

    /** The key that data of the stack lie under, or lay before it was retired; null for none. */
    private final @Nullable IKey key;

    SecurityBaseline(Construct scope, StackSettings settings) {
        super(scope, "Safeguards");
        this.settings = settings;
        removalPolicy =
                settings.get(StackOptions.STAGE) == Stage.PROD
                        ? RemovalPolicy.RETAIN
                        : RemovalPolicy.DESTROY;
        removalPolicyOnceCreated =
                removalPolicy == RemovalPolicy.RETAIN
                        ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
                        : removalPolicy;
        ownKey = settings.get(StackOptions.CUSTOMER_KEY);
        key = ownKey == OwnKey.FALSE ? null : key(settings.get(StackOptions.STACK_NAME));
    }

    /** Returns the stack's own key; empty if its resources are encrypted under keys of AWS. */
    Optional<IKey> key() {
        return Optional.ofNullable(key).filter(any -> ownKey == OwnKey.TRUE);
    }

    /**
     * Encrypts a table under the stack's own key; without one it is under DynamoDB's. The key is
     * written into the resource, because {@link TableV2} takes a key only if the region is known,
     * and this template is the same for every region.
     */
    void encrypt(TableV2 table) {
        key().ifPresent(
                        own -> {
                            var resource = FreshetStack.resource(table, CfnGlobalTable.class);
                            resource.addPropertyOverride("SSESpecification.SSEEnabled", true);
                            resource.addPropertyOverride("SSESpecification.SSEType", "KMS");
                            resource.addPropertyOverride(
                                    "Replicas.0.SSESpecification.KMSMasterKeyId", own.getKeyArn());
                        });
    }

    /**
     * Returns a log group that expires, encrypted under the stack's key, and deleted with the
     * stack.
     */
    LogGroup log(Construct owner, String logicalId) {
        LogGroup.Builder log =
                LogGroup.Builder.create(owner, "Log")
                        .retention(logRetention(settings.get(StackOptions.LOG_DAYS)))
                        .removalPolicy(RemovalPolicy.DESTROY);
        key().ifPresent(log::encryptionKey);
        LogGroup built = log.build();
        FreshetStack.pin(built, logicalId);
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

    /**
     * Grants the role these permissions, and those on the stack's key that they imply. On a retired
     * key these are the ones to read, for objects, records and rows that still lie under it.
     */
    void allow(Role role, List<PolicyStatement> access) {
        access.forEach(role::addToPolicy);
        Acknowledged.prefixes(role, access);
        keyUse(access).forEach(role::addToPolicy);
    }

    /** Returns the permissions on the stack's key that permissions on its stores imply. */
    List<PolicyStatement> keyUse(List<PolicyStatement> access) {
        return key == null
                ? List.of()
                : KeyUse.of(key.getKeyArn(), Stack.of(this).getRegion(), access, ownKey);
    }

    /**
     * Returns the stack's own key. KMS rotates it once a year and keeps the earlier key material,
     * so nothing is encrypted anew. The key outlives the stack in every stage, because remaining
     * data could not be read without it.
     */
    private Key key(String stackName) {
        Key made =
                Key.Builder.create(this, "Key")
                        .description("Freshet: encrypts the data of the stack " + stackName)
                        .enableKeyRotation(true)
                        .removalPolicy(RemovalPolicy.RETAIN)
                        .build();
        FreshetStack.pin(made, "Key");
        Alias alias =
                Alias.Builder.create(this, "KeyAlias")
                        .aliasName("alias/" + stackName)
                        .targetKey(made)
                        .build();
        FreshetStack.pin(alias, "KeyAlias");
        String groups = Access.arn(this, "logs", "log-group:" + stackName + "-*");
        made.addToResourcePolicy(
                service("LogsOfThisStack", "logs." + Stack.of(this).getRegion())
                        .actions(KeyUse.WRITE_ROWS)
                        .conditions(
                                Map.of(
                                        "ArnLike",
                                        Map.of("kms:EncryptionContext:aws:logs:arn", groups)))
                        .build());
        made.addToResourcePolicy(publishing("AlarmsIntoTheTopic", "cloudwatch"));
        if (settings.find(StackOptions.BUDGET).isPresent()) {
            made.addToResourcePolicy(publishing("BudgetIntoTheTopic", "budgets"));
        }
        return made;
    }

    /** Lets a service publish to an encrypted topic on behalf of this account. */
    private PolicyStatement publishing(String sid, String name) {
        String account = Stack.of(this).getAccount();
        return service(sid, name)
                .actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
                .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", account)))
                .build();
    }

    private static PolicyStatement.Builder service(String sid, String name) {
        return PolicyStatement.Builder.create()
                .sid(sid)
                .principals(List.of(new ServicePrincipal(name + ".amazonaws.com")))
                .resources(List.of("*"));
    }
}
