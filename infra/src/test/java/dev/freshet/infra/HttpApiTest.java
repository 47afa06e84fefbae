package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.option.StackSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpApiTest {
    private final Synthesized stack = Synthesized.http();
    private final JsonNode document = stack.properties("HttpApi").path("Body");

    @Test
    void itHasEveryRouteOfTheDocumentWithTheSameFunction() {
        for (ApiDocument.Route route : ApiDocument.load().routes()) {
            JsonNode operation =
                    document.path("paths")
                            .path(route.path())
                            .path(route.method().toLowerCase(java.util.Locale.ROOT));
            assertThat(operation.path("operationId").asText()).isEqualTo(route.operationId());
            JsonNode integration = operation.path(ApiDocument.INTEGRATION);
            assertThat(integration.path("payloadFormatVersion").asText()).isEqualTo("1.0");
            assertThat(integration.path("uri").toString())
                    .containsIgnoringCase("\"" + route.function() + "Live\"");
        }
    }

    @Test
    void noRouteIsOpen() {
        for (JsonNode path : document.path("paths")) {
            assertThat(path)
                    .allSatisfy(
                            operation ->
                                    assertThat(operation.path("security").toString())
                                            .isEqualTo("[{\"freshet\":[]}]"));
        }
        String authorizer = "x-amazon-apigateway-authorizer";
        stack.assertProperties(
                """
                HttpApi/Body/components/securitySchemes/freshet/%1$s/type = request
                HttpApi/Body/components/securitySchemes/freshet/%1$s/identitySource = $request.header.Authorization
                HttpApi/Body/components/securitySchemes/freshet/%1$s/authorizerPayloadFormatVersion = 1.0
                HttpApi/Body/components/securitySchemes/freshet/%1$s/authorizerResultTtlInSeconds = 60
                """
                        .formatted(authorizer));
    }

    @Test
    void preflightsAreItsCorsConfiguration() {
        JsonNode cors = document.path("x-amazon-apigateway-cors");
        assertThat(cors.path("allowOrigins").toString()).isEqualTo("[\"*\"]");
        assertThat(cors.path("allowMethods").toString()).contains("\"POST\"", "\"DELETE\"");
        assertThat(cors.path("allowHeaders").toString())
                .contains("\"Authorization\"", "\"If-None-Match\"", "\"traceparent\"");
        assertThat(cors.path("exposeHeaders").toString())
                .isEqualTo(
                        "[\"Retry-After\",\"ETag\",\"Link\",\"Freshet-Trace-Id\",\"Server-Timing\"]");
        assertThat(cors.path("maxAge").asInt()).isEqualTo(7200);
        assertThat(document.findValues("options")).isEmpty();
    }

    @Test
    void itsStageIsThrottledAndLogsWithoutPathsAndAddresses() {
        JsonNode stage = stack.properties("HttpApiStage");
        assertThat(stage.at("/DefaultRouteSettings/ThrottlingRateLimit").asInt()).isEqualTo(1_000);
        assertThat(stage.path("StageName").asText()).isEqualTo("prod");
        assertThat(stage.path("AccessLogSettings").toString())
                .contains("$context.routeKey")
                .doesNotContain("$context.path", "$context.identity", "sourceIp");
    }

    @Test
    void itReplacesTheRestApiWithItsUsagePlans() {
        assertThat(stack.ofType("AWS::ApiGateway::RestApi")).isEmpty();
        assertThat(stack.ofType("AWS::ApiGateway::UsagePlan")).isEmpty();
        assertThat(stack.template().at("/Outputs/Entrance/Value").asText()).isEqualTo("http");
        assertThat(stack.template().at("/Outputs").has("PublishablePlanId")).isFalse();
        assertThat(stack.template().at("/Outputs/ApiUrl/Value").toString())
                .contains("HttpApi", "execute-api", "/prod/");
    }

    @Test
    void itsFailuresAreReportedByItsOwnMetric() {
        stack.assertProperties("ApiFailingAlarm/MetricName = 5xx");
        assertThat(stack.properties("ApiFailingAlarm").path("Dimensions").findValuesAsText("Ref"))
                .containsExactly("HttpApi");
    }

    @Test
    void whatOnlyRestApisHaveIsRefused() {
        for (String option : new String[] {"waf", "signedApi"}) {
            assertThatThrownBy(() -> StackSettings.of(Map.of("entrance", "http", option, "true")))
                    .hasMessageContaining("when entrance is http");
        }
    }
}
