package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.access.Authenticator;
import org.junit.jupiter.api.Test;

class GatewayDocumentTest {
    private final JsonNode json = document(Api.Variant.KEYS);

    private static JsonNode document(Api.Variant variant) {
        return GatewayDocument.of(ApiDocument.load(), variant, 45, name -> "uri of " + name);
    }

    @Test
    void itIsOpenApiThreeZeroBecauseTheGatewayRefusesThreeOne() {
        assertThat(json.path("openapi").asText()).startsWith("3.0.");
    }

    @Test
    void aBodyIsHeldToItsEnvelopeOnly() {
        assertThat(json.at("/components/schemas/EventsRequest").toString())
                .isEqualTo("{\"type\":\"object\",\"required\":[\"events\"]}");
    }

    @Test
    void noSchemaPointsAtAnother() {
        JsonNode schemas = json.path("components").path("schemas");
        assertThat(schemas.size()).isEqualTo(11);
        assertThat(schemas.findValues("$ref")).isEmpty();
    }

    @Test
    void onlyBodiesAreReferences() {
        assertThat(json.findValuesAsText("$ref"))
                .hasSize(12)
                .allMatch(reference -> reference.startsWith("#/components/schemas/"));
    }

    @Test
    void parametersAndAnswersAreWrittenOut() {
        JsonNode similar = json.path("paths").path("/v1/items/{id}/similar").path("get");
        assertThat(similar.path("parameters").findValuesAsText("name"))
                .startsWith("id", "count")
                .endsWith("placement", "filter", "rules", "fields", "language", "If-None-Match");
        assertThat(similar.path("parameters").findValuesAsText("type")).hasSize(13);
        assertThat(similar.path("responses").path("404").path("description").asText()).isNotEmpty();
    }

    @Test
    void eachIntegrationNamesItsFunction() {
        assertThat(json.at("/paths/~1v1~1events/post/x-amazon-apigateway-integration/uri").asText())
                .isEqualTo("uri of collect");
        assertThat(json.toString()).doesNotContain("${");
    }

    @Test
    void everyFunctionWantsTheAuthorizersWordAndTheUsageKeyThatItNames() {
        assertThat(json.findValues("security"))
                .hasSameSizeAs(ApiDocument.load().routes())
                .allSatisfy(
                        wanted -> {
                            assertThat(wanted).hasSize(2);
                            assertThat(wanted.path(0).has("freshet")).isTrue();
                            assertThat(wanted.path(1).has("api_key")).isTrue();
                        });
        assertThat(json.path("x-amazon-apigateway-api-key-source").asText())
                .isEqualTo("AUTHORIZER");
        JsonNode scheme = json.at("/components/securitySchemes/freshet");
        assertThat(scheme.path("x-amazon-apigateway-authtype").asText()).isEqualTo("custom");
        JsonNode authorizer = scheme.path("x-amazon-apigateway-authorizer");
        assertThat(authorizer.path("type").asText()).isEqualTo("token");
        assertThat(authorizer.path("authorizerUri").asText()).isEqualTo("uri of authorize");
        assertThat(authorizer.path("authorizerResultTtlInSeconds").asInt()).isEqualTo(45);
        assertThat(json.at("/components/securitySchemes").has("sigv4")).isFalse();
    }

    @Test
    void theGatewayRefusesWhatTheDoorWouldNotRead() {
        assertThat(
                        json.at(
                                        "/components/securitySchemes/freshet"
                                                + "/x-amazon-apigateway-authorizer/identityValidationExpression")
                                .asText())
                .isEqualTo("^" + Authenticator.FORM + "$");
    }

    @Test
    void theSignedFaceWantsASignatureAndNothingElse() {
        JsonNode signed = document(Api.Variant.SIGNED);
        assertThat(signed.findValues("security"))
                .hasSameSizeAs(ApiDocument.load().routes())
                .allSatisfy(wanted -> assertThat(wanted.toString()).isEqualTo("[{\"sigv4\":[]}]"));
        assertThat(signed.toString()).doesNotContain("authorizer\"", "api-key-source");
    }

    @Test
    void noExtensionOfOurOwnIsGivenToTheGateway() {
        assertThat(json.toString()).doesNotContain("x-freshet");
    }

    @Test
    void validationIsSwitchedOn() {
        String validator = json.path("x-amazon-apigateway-request-validator").asText();
        assertThat(
                        json.path("x-amazon-apigateway-request-validators")
                                .path(validator)
                                .path("validateRequestBody")
                                .asBoolean())
                .isTrue();
    }
}
