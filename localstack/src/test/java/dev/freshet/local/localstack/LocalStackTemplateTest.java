package dev.freshet.local.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LocalStackTemplateTest {
    private static final Path SYNTHESIZED =
            Path.of("../infra/target/cdk.out/Freshet.template.json");

    /**
     * The types that LocalStack's free edition creates, each looked up among the resource providers
     * of its release 4.14.
     */
    private static final Set<String> CREATED =
            Set.of(
                    """
                    AWS::CloudWatch::Alarm AWS::CloudWatch::CompositeAlarm AWS::DynamoDB::GlobalTable AWS::Events::Rule
                    AWS::IAM::Policy AWS::IAM::Role AWS::Kinesis::Stream AWS::Lambda::Alias
                    AWS::Lambda::EventInvokeConfig AWS::Lambda::EventSourceMapping
                    AWS::Lambda::Function AWS::Lambda::Permission AWS::Lambda::Version
                    AWS::Logs::LogGroup AWS::S3::Bucket AWS::S3::BucketPolicy
                    AWS::SNS::Topic AWS::SNS::TopicPolicy AWS::SSM::Parameter
                    AWS::SecretsManager::Secret
                    """
                            .split("\\s+"));

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void everyResourceThatRemainsIsOfATypeThatLocalStackCreates() throws IOException {
        Set<String> types = new TreeSet<>();
        for (JsonNode resource : projected().template().path("Resources")) {
            types.add(resource.path("Type").asText());
        }

        assertThat(CREATED).containsAll(types);
        assertThat(types).contains("AWS::Kinesis::Stream", "AWS::Lambda::EventSourceMapping");
    }

    @Test
    void everyFunctionTableAndStreamRemains() throws IOException {
        for (String type :
                Set.of(
                        "AWS::Lambda::Function", "AWS::DynamoDB::GlobalTable",
                        "AWS::Kinesis::Stream", "AWS::Lambda::EventSourceMapping")) {
            assertThat(projected().leftOut()).doesNotContainKey(type);
        }
    }

    @Test
    void functionsNeedNoLayer() throws IOException {
        JsonNode catalog = projected().template().at("/Resources/Catalog/Properties");

        assertThat(catalog.has("Layers")).isFalse();
        assertThat(catalog.at("/Environment/Variables/FRESHET_EMBEDDER").asText())
                .isEqualTo("none");
    }

    @Test
    void whatRefersToTheApiGoesWithIt() throws IOException {
        JsonNode template =
                LocalStackTemplate.of(
                                parse(
                                        """
                                        {"Resources": {
                                          "Api": {"Type": "AWS::ApiGateway::RestApi"},
                                          "May": {"Type": "AWS::Lambda::Permission", "Properties":
                                            {"SourceArn": {"Fn::Sub": "arn:${AWS::Region}:${Api}/*"}}},
                                          "Failing": {"Type": "AWS::CloudWatch::Alarm", "Properties":
                                            {"Of": [{"Fn::GetAtt": ["Api", "Name"]}]}},
                                          "Table": {"Type": "AWS::DynamoDB::GlobalTable",
                                            "DependsOn": ["Api", "Role"]},
                                          "Role": {"Type": "AWS::IAM::Role", "DependsOn": "Api"}},
                                         "Outputs": {
                                          "Url": {"Value": {"Ref": "Api"}},
                                          "Name": {"Value": {"Ref": "Table"}}}}
                                        """))
                        .template();

        assertThat(template)
                .isEqualTo(
                        parse(
                                """
                                {"Resources": {
                                  "Table": {"Type": "AWS::DynamoDB::GlobalTable",
                                    "DependsOn": ["Role"]},
                                  "Role": {"Type": "AWS::IAM::Role"}},
                                 "Outputs": {"Name": {"Value": {"Ref": "Table"}}}}
                                """));
    }

    @Test
    void aFunctionThatRefersToTheApiIsAnErrorThatNamesIt() throws JsonProcessingException {
        JsonNode template =
                parse(
                        """
                        {"Resources": {
                          "Api": {"Type": "AWS::ApiGateway::RestApi"},
                          "Mailer": {"Type": "AWS::Lambda::Function", "Properties":
                            {"Environment": {"Variables": {"URL": {"Ref": "Api"}}}}}}}
                        """);

        assertThatThrownBy(() -> LocalStackTemplate.of(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Mailer");
    }

    private LocalStackTemplate projected() throws IOException {
        return LocalStackTemplate.of(json.readTree(Files.readString(SYNTHESIZED)));
    }

    private JsonNode parse(String text) throws JsonProcessingException {
        return json.readTree(text);
    }
}
