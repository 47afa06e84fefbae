package dev.freshet.infra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What a role may do with the stack's own key, derived from what it may do with what lies under it:
 * who reads a store may decrypt, who writes may encrypt, each through that store's service only.
 * The services ask for exactly these on the role's behalf.
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
    private static final List<String> WRITE_ROWS =
            List.of(
                    "kms:Decrypt",
                    "kms:DescribeKey",
                    "kms:Encrypt",
                    "kms:GenerateDataKey",
                    "kms:GenerateDataKeyWithoutPlaintext",
                    "kms:ReEncryptFrom",
                    "kms:ReEncryptTo");

    /** By action; what is not here touches nothing that is encrypted. */
    private static final Map<String, List<String>> NEEDS =
            Map.ofEntries(
                    Map.entry("dynamodb:BatchGetItem", READ_ROWS),
                    Map.entry("dynamodb:GetItem", READ_ROWS),
                    Map.entry("dynamodb:Query", READ_ROWS),
                    Map.entry("dynamodb:Scan", READ_ROWS),
                    Map.entry("dynamodb:BatchWriteItem", WRITE_ROWS),
                    Map.entry("dynamodb:DeleteItem", WRITE_ROWS),
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
     * One statement for each service that keeps something under the key and that these statements
     * read or write.
     *
     * @param keyArn of the stack's own key
     * @param region of the stack
     */
    static List<PolicyStatement> of(
            String keyArn, String region, List<PolicyStatement> statements) {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (PolicyStatement statement : statements) {
            statement.getActions().forEach(action -> add(uses, action));
        }
        return uses.entrySet().stream()
                .map(
                        use ->
                                PolicyStatement.Builder.create()
                                        .actions(List.copyOf(use.getValue()))
                                        .resources(List.of(keyArn))
                                        .conditions(through(use.getKey(), region))
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

    private static Map<String, Object> through(String service, String region) {
        Map<String, Object> equal = new LinkedHashMap<>();
        equal.put("kms:ViaService", service + "." + region + ".amazonaws.com");
        return Map.of("StringEquals", equal);
    }
}
