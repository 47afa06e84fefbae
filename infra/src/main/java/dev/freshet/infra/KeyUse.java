package dev.freshet.infra;

import dev.freshet.aws.option.OptionValues.OwnKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * The permissions that a role needs on the stack's own key, derived from its permissions on the
 * stores that are encrypted under it. A role that reads a store may decrypt, and a role that writes
 * may encrypt, through the service of that store only. These are the KMS actions that the services
 * call on behalf of the role.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html">DynamoDB</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html">Kinesis</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html">S3</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html">Secrets
 *     Manager</a>
 */
final class KeyUse {
    private static final List<String> READ_ROWS = List.of("kms:Decrypt", "kms:DescribeKey");

    /** What a service does that reads and writes under the key, as DynamoDB and CloudWatch do. */
    static final List<String> WRITE_ROWS =
            List.of(
                    "kms:Decrypt",
                    "kms:DescribeKey",
                    "kms:Encrypt",
                    "kms:GenerateDataKey",
                    "kms:GenerateDataKeyWithoutPlaintext",
                    "kms:ReEncryptFrom",
                    "kms:ReEncryptTo");

    /** The KMS actions that each action implies; other actions use no encrypted data. */
    private static final Map<String, List<String>> NEEDS =
            Map.ofEntries(
                    Map.entry("dynamodb:BatchGetItem", READ_ROWS),
                    Map.entry("dynamodb:GetItem", READ_ROWS),
                    Map.entry("dynamodb:Query", READ_ROWS),
                    Map.entry("dynamodb:Scan", READ_ROWS),
                    Map.entry("dynamodb:BatchWriteItem", WRITE_ROWS),
                    Map.entry("dynamodb:DeleteItem", WRITE_ROWS),
                    Map.entry("dynamodb:PartiQLInsert", WRITE_ROWS),
                    Map.entry("dynamodb:PutItem", WRITE_ROWS),
                    Map.entry("dynamodb:UpdateItem", WRITE_ROWS),
                    Map.entry("kinesis:GetRecords", List.of("kms:Decrypt")),
                    Map.entry("kinesis:SubscribeToShard", List.of("kms:Decrypt")),
                    Map.entry("kinesis:PutRecord", List.of("kms:GenerateDataKey")),
                    Map.entry("kinesis:PutRecords", List.of("kms:GenerateDataKey")),
                    Map.entry("s3:GetObject", List.of("kms:Decrypt")),
                    Map.entry("s3:PutObject", List.of("kms:Decrypt", "kms:GenerateDataKey")),
                    Map.entry("secretsmanager:GetSecretValue", List.of("kms:Decrypt")));

    private static final Set<String> ENCRYPTED_SERVICES =
            Set.of("dynamodb", "kinesis", "s3", "secretsmanager");

    private KeyUse() {}

    /**
     * Returns one statement for each service whose encrypted data these statements read or write.
     *
     * @param keyArn the ARN of the stack's own key
     * @param region the region of the stack
     * @param state whether the key encrypts what is written, or is retired
     */
    static List<PolicyStatement> of(
            String keyArn, String region, List<PolicyStatement> statements, OwnKey state) {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (PolicyStatement statement : statements) {
            statement.getActions().forEach(action -> add(uses, action));
        }
        if (state == OwnKey.RETIRED) {
            uses.values().forEach(actions -> actions.retainAll(READ_ROWS));
            uses.values().removeIf(Set::isEmpty);
        }
        return uses.entrySet().stream()
                .map(
                        use ->
                                PolicyStatement.Builder.create()
                                        .actions(List.copyOf(use.getValue()))
                                        .resources(List.of(keyArn))
                                        .conditions(viaService(use.getKey(), region))
                                        .build())
                .toList();
    }

    private static void add(Map<String, Set<String>> uses, String action) {
        String service = action.substring(0, action.indexOf(':'));
        List<String> needs = NEEDS.getOrDefault(action, List.of());
        if (ENCRYPTED_SERVICES.contains(service) && !needs.isEmpty()) {
            uses.computeIfAbsent(service, any -> new TreeSet<>()).addAll(needs);
        }
    }

    private static Map<String, Object> viaService(String service, String region) {
        Map<String, Object> equal = new LinkedHashMap<>();
        equal.put("kms:ViaService", service + "." + region + ".amazonaws.com");
        return Map.of("StringEquals", equal);
    }
}
