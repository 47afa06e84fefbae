package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SecurityBaselineTest {
    private static final String KEY = "{\"Fn::GetAtt\":[\"Key\",\"Arn\"]}";

    private final Synthesized dev = Synthesized.dev();
    private final Synthesized prod = Synthesized.prod();

    @Test
    void inProdAllThatIsKeptLiesUnderTheStacksOwnKey() {
        Synthesized worker = Synthesized.prodWorker();
        Map<String, JsonNode> tables = worker.ofType("AWS::DynamoDB::GlobalTable");
        assertUnder(tables, "/Replicas/0/SSESpecification/KMSMasterKeyId");
        tables.keySet()
                .forEach(id -> worker.assertProperties(id + "/SSESpecification/SSEType = KMS"));
        assertUnder(worker.ofType("AWS::Kinesis::Stream"), "/StreamEncryption/KeyId");
        assertUnder(worker.ofType("AWS::SecretsManager::Secret"), "/KmsKeyId");
        assertUnder(worker.ofType("AWS::Logs::LogGroup"), "/KmsKeyId");
        assertUnder(worker.ofType("AWS::SNS::Topic"), "/KmsMasterKeyId");
        Map<String, JsonNode> buckets = worker.ofType("AWS::S3::Bucket");
        buckets.remove("ObjectLog");
        assertUnder(
                buckets,
                "/BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault/KMSMasterKeyID");
    }

    @Test
    void theKeyIsRotatedYearlyAndOutlivesTheStack() {
        prod.assertProperties(
                """
                Key/EnableKeyRotation = true
                Key/.DeletionPolicy = Retain
                KeyAlias/AliasName = alias/freshet-prod
                """);
    }

    @Test
    void inDevThereIsNoKeyToPayForUnlessAskedFor() {
        assertThat(dev.ofType("AWS::KMS::Key")).isEmpty();
        assertThat(Synthesized.with(Map.of("customerKey", "true")).ofType("AWS::KMS::Key"))
                .hasSize(1);
        assertThat(
                        Synthesized.with(Map.of("stage", "prod", "customerKey", "false"))
                                .ofType("AWS::KMS::Key"))
                .isEmpty();
    }

    /** What was written under the key is read until it expires, and nothing new is written. */
    @Test
    void aKeyThatIsLeftStaysAndFunctionsDecryptWhatLiesUnderIt() {
        Synthesized left = Synthesized.with(Map.of("stage", "prod", "customerKey", "retired"));
        Synthesized allowed =
                Synthesized.with(
                        Map.of("stage", "prod", "customerKey", "false", "allow", "customerKey"));

        assertThat(allowed.template()).isEqualTo(left.template());
        left.assertProperties("Key/.DeletionPolicy = Retain");
        assertThat(
                        left.ofType("AWS::S3::Bucket").values()
                                + ""
                                + left.ofType("AWS::Kinesis::Stream"))
                .doesNotContain(KEY);
        for (String role : List.of("Features", "Train", "Recommend", "Compact", "Privacy")) {
            String policies = policies(left, role);
            assertThat(policies).as(role).contains("kms:Decrypt").contains(KEY);
            assertThat(policies).as(role).doesNotContain("kms:GenerateDataKey", "kms:Encrypt");
        }
    }

    private static String policies(Synthesized stack, String function) {
        String role = Synthesized.text(stack.properties(function).path("Role"));
        return stack.ofType("AWS::IAM::Policy").values().stream()
                .filter(policy -> policy.path("Roles").toString().contains('"' + role + '"'))
                .map(JsonNode::toString)
                .collect(Collectors.joining());
    }

    @Test
    void onRequestFunctionsBehindTheApiAreTracedAndRequestsWithTheirAddressesNever() {
        assertThat(traced(dev)).isEmpty();
        assertThat(traced(Synthesized.prod())).isEmpty();
        assertThat(traced(Synthesized.traced()))
                .containsExactlyInAnyOrder(
                        "Authorize", "Collect", "Recommend", "Catalog", "Profile", "Privacy");
        assertThat(Synthesized.traced().ofType("AWS::ApiGateway::Stage").values())
                .isNotEmpty()
                .allSatisfy(
                        stage -> assertThat(stage.path("TracingEnabled").asBoolean()).isFalse());
        assertThat(dev.template().toString()).doesNotContain("xray:");
    }

    private static List<String> traced(Synthesized stack) {
        return stack.functions().entrySet().stream()
                .filter(each -> each.getValue().at("/TracingConfig/Mode").asText().equals("Active"))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void everyApiAsksForTls12WithForwardSecrecy() {
        Synthesized stack = Synthesized.entrance();
        Set<String> apis = stack.ofType("AWS::ApiGateway::RestApi").keySet();
        assertThat(apis).containsExactlyInAnyOrder("Api", "SignedApi");
        for (String api : apis) {
            stack.assertProperties(
                    """
                    %1$s/SecurityPolicy = SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09
                    %1$s/EndpointAccessMode = STRICT
                    %1$s/Body/x-amazon-apigateway-security-policy = SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09
                    %1$s/Body/x-amazon-apigateway-endpoint-access-mode = STRICT
                    """
                            .formatted(api));
        }
    }

    /** Else any account's alarms could have CloudWatch use the key. */
    @Test
    void theKeyServesAlarmsOfThisAccountOnly() {
        JsonNode statements = prod.properties("Key").at("/KeyPolicy/Statement");
        assertThat(statements)
                .filteredOn(each -> each.path("Sid").asText().equals("AlarmsIntoTheTopic"))
                .extracting(
                        each -> each.at("/Condition/StringEquals/aws:SourceAccount/Ref").asText())
                .containsExactly("AWS::AccountId");
    }

    @Test
    void inProdS3LogsAccessToObjects() {
        for (String bucket : Set.of("ModelBucket", "QuarantineBucket")) {
            prod.assertProperties(
                    bucket + "/LoggingConfiguration/DestinationBucketName = ObjectLog");
            assertThat(dev.properties(bucket).has("LoggingConfiguration")).isFalse();
        }
        assertThat(prod.properties("ObjectLog").has("AccessControl")).isFalse();
        assertThat(
                        prod.properties("ObjectLog")
                                .at("/LifecycleConfiguration/Rules")
                                .findValuesAsText("ExpirationInDays"))
                .containsExactly("90");
    }

    @Test
    void everyLogEndsWhenItsOwnerSaid() {
        assertThat(Synthesized.with(Map.of("logDays", "30")).ofType("AWS::Logs::LogGroup").values())
                .isNotEmpty()
                .allSatisfy(log -> assertThat(log.path("RetentionInDays").asInt()).isEqualTo(30));
    }

    private static void assertUnder(Map<String, JsonNode> resources, String keyAt) {
        assertThat(resources).isNotEmpty();
        resources.forEach(
                (id, resource) -> assertThat(resource.at(keyAt).toString()).as(id).isEqualTo(KEY));
    }
}
