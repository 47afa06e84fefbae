package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ApiTest {
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "patch", "delete", "options");

    private final Synthesized dev = Synthesized.dev();
    private final Synthesized signed = Synthesized.entrance();
    private final JsonNode body = dev.resource("Api").at("/Properties/Body");

    @Test
    void theDocumentInTheTemplateIsStillOpenApiThreeZero() {
        assertThat(body.path("openapi").asText()).matches("3\\.0\\.\\d+");
    }

    @Test
    void eachRouteMayInvokeTheAliasThatItsIntegrationNamesAndNothingElse() {
        Set<String> wanted = new TreeSet<>();
        body.path("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .properties()
                                        .forEach(
                                                operation -> {
                                                    JsonNode uri =
                                                            operation
                                                                    .getValue()
                                                                    .at(
                                                                            "/x-amazon-apigateway-integration/uri");
                                                    if (METHODS.contains(operation.getKey())
                                                            && !uri.isMissingNode()) {
                                                        wanted.add(
                                                                "/"
                                                                        + operation
                                                                                .getKey()
                                                                                .toUpperCase(
                                                                                        Locale.ROOT)
                                                                        + path.getKey()
                                                                                .replaceAll(
                                                                                        "\\{[a-z]+}",
                                                                                        "*")
                                                                        + " invokes "
                                                                        + alias(uri));
                                                    }
                                                }));
        Set<String> given =
                dev.ofType("AWS::Lambda::Permission").values().stream()
                        .filter(
                                permission ->
                                        permission
                                                .path("Principal")
                                                .asText()
                                                .equals("apigateway.amazonaws.com"))
                        .map(
                                permission ->
                                        last(permission.at("/SourceArn/Fn::Join/1"))
                                                + " invokes "
                                                + permission.at("/FunctionName/Ref").asText())
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(wanted).hasSameSizeAs(ApiDocument.load().routes());
        wanted.add("/authorizers/* invokes AuthorizeLive");
        assertThat(given).isEqualTo(wanted);
    }

    @Test
    void aPermissionHoldsForThisApiAndItsStageOnly() {
        dev.ofType("AWS::Lambda::Permission").values().stream()
                .filter(
                        permission ->
                                permission
                                        .path("Principal")
                                        .asText()
                                        .equals("apigateway.amazonaws.com"))
                .filter(
                        permission ->
                                !last(permission.at("/SourceArn/Fn::Join/1"))
                                        .endsWith("authorizers/*"))
                .forEach(
                        permission ->
                                assertThat(permission.path("SourceArn").findValuesAsText("Ref"))
                                        .contains("Api")
                                        .anyMatch(
                                                id ->
                                                        dev.ofType("AWS::ApiGateway::Stage")
                                                                .containsKey(id)));
    }

    @Test
    void integrationsCallAliasesNotFunctions() {
        body.path("paths")
                .findValues("uri")
                .forEach(uri -> assertThat(alias(uri)).endsWith("Live"));
    }

    @Test
    void nothingButAPreflightIsOpen() {
        assertOpen(body, "freshet");
        assertOpen(signed.resource("SignedApi").at("/Properties/Body"), "sigv4");
    }

    private static void assertOpen(JsonNode document, String scheme) {
        document.path("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .properties()
                                        .forEach(
                                                operation ->
                                                        assertThat(
                                                                        operation
                                                                                .getValue()
                                                                                .at("/security/0")
                                                                                .has(scheme))
                                                                .as(operation.getKey() + path)
                                                                .isEqualTo(
                                                                        !operation
                                                                                .getKey()
                                                                                .equals(
                                                                                        "options"))));
    }

    @Test
    void theAuthorizerIsAskedByAliasAndBelievedForAMinute() {
        JsonNode authorizer =
                body.at("/components/securitySchemes/freshet/x-amazon-apigateway-authorizer");

        assertThat(alias(authorizer.path("authorizerUri"))).isEqualTo("AuthorizeLive");
        assertThat(authorizer.path("authorizerResultTtlInSeconds").asInt()).isEqualTo(60);
    }

    @Test
    void eachKindOfKeyHasAPlanOfItsOwnPaceAtTheApisStage() {
        Map<String, JsonNode> plans = signed.ofType("AWS::ApiGateway::UsagePlan");

        assertThat(plans.keySet())
                .containsExactlyInAnyOrder(
                        "PublishablePlan", "SecretPlan", "UserTokensPlan", "InsightsPlan");
        assertThat(plans.values())
                .allSatisfy(
                        plan ->
                                assertThat(plan.at("/ApiStages/0/ApiId/Ref").asText())
                                        .isEqualTo("Api"));
        assertThat(signed.properties("PublishablePlan").at("/Throttle/RateLimit").asInt())
                .isEqualTo(500);
        assertThat(signed.properties("SecretPlan").at("/Throttle/BurstLimit").asInt())
                .isEqualTo(2_000);
    }

    @Test
    void theApiForCallersInsideAwsIsThereWhenAskedForOnly() {
        assertThat(dev.ofType("AWS::ApiGateway::RestApi")).hasSize(1);
        assertThat(dev.ofType("AWS::IAM::ManagedPolicy")).isEmpty();
        assertThat(signed.ofType("AWS::ApiGateway::RestApi").keySet())
                .containsExactlyInAnyOrder("Api", "SignedApi");
        assertThat(signed.template().path("Outputs").has("SignedApiUrl")).isTrue();
        assertThat(signed.ofType("AWS::Lambda::Permission").keySet())
                .contains("PermitRecommend", "PermitSignedRecommend", "PermitAuthorize")
                .doesNotContain("PermitSignedAuthorize");
    }

    @Test
    void withWafEachApiHasAWebAclThatKeepsNoSamples() {
        assertThat(dev.ofType("AWS::WAFv2::WebACL")).isEmpty();
        assertThat(signed.ofType("AWS::WAFv2::WebACLAssociation")).hasSize(2);
        assertThat(signed.ofType("AWS::WAFv2::WebACL").values())
                .hasSize(2)
                .allSatisfy(
                        acl -> {
                            assertThat(acl.path("Rules").findValuesAsText("Limit"))
                                    .containsExactly("20000");
                            assertThat(acl.path("Rules").findValuesAsText("VendorName")).hasSize(2);
                            assertThat(acl.findValuesAsText("SampledRequestsEnabled"))
                                    .hasSize(4)
                                    .containsOnly("false");
                        });
    }

    /** API Gateway refuses a stage that logs in a region whose account has no role for that. */
    @Test
    void everyStageThatLogsIsMadeAfterTheRoleOfTheAccount() {
        List<JsonNode> stages = new ArrayList<>();
        signed.template()
                .path("Resources")
                .forEach(
                        resource -> {
                            if (resource.path("Type").asText().equals("AWS::ApiGateway::Stage")) {
                                stages.add(resource);
                            }
                        });
        Set<String> accounts = signed.ofType("AWS::ApiGateway::Account").keySet();

        assertThat(accounts).hasSize(1);
        assertThat(stages)
                .hasSize(2)
                .allSatisfy(
                        stage ->
                                assertThat(stage.path("DependsOn"))
                                        .as(stage.at("/Properties/RestApiId").toString())
                                        .anyMatch(other -> accounts.contains(other.asText())));
    }

    @Test
    void rulesOfTheWebAclThatWouldRefuseTextOfTheSiteOnlyCount() {
        JsonNode rules = signed.properties("WebAclOfApi").path("Rules");
        List<String> counted = new ArrayList<>();
        rules.findValues("RuleActionOverrides")
                .forEach(
                        overrides ->
                                overrides.forEach(
                                        override -> {
                                            assertThat(override.path("ActionToUse").has("Count"))
                                                    .isTrue();
                                            counted.add(override.path("Name").asText());
                                        }));

        assertThat(counted)
                .contains(
                        "SizeRestrictions_BODY",
                        "SizeRestrictions_QUERYSTRING",
                        "CrossSiteScripting_QUERYARGUMENTS",
                        "GenericLFI_QUERYARGUMENTS",
                        "GenericRFI_QUERYARGUMENTS",
                        "EC2MetaDataSSRF_QUERYARGUMENTS",
                        "RestrictedExtensions_QUERYARGUMENTS",
                        "RestrictedExtensions_URIPATH")
                .doesNotHaveDuplicates();
    }

    @Test
    void theAccessLogSaysNothingOfUsers() {
        JsonNode stage = dev.ofType("AWS::ApiGateway::Stage").values().iterator().next();
        assertThat(stage.at("/AccessLogSetting/Format").asText())
                .contains("$context.requestId")
                .doesNotContain("sourceIp", "$context.path", "identity", "userAgent");
        assertThat(stage.at("/MethodSettings/0/DataTraceEnabled").asBoolean()).isFalse();
        assertThat(stage.at("/MethodSettings/0/ThrottlingRateLimit").asInt()).isEqualTo(1_000);
    }

    @Test
    void theTwoPoliciesForCallersCoverEveryRouteOnce() {
        Set<String> routes = new TreeSet<>();
        signed.ofType("AWS::IAM::ManagedPolicy")
                .values()
                .forEach(
                        policy ->
                                policy.at("/PolicyDocument/Statement/0/Resource")
                                        .forEach(
                                                arn ->
                                                        assertThat(
                                                                        routes.add(
                                                                                last(
                                                                                        arn.at(
                                                                                                "/Fn::Join/1"))))
                                                                .isTrue()));
        assertThat(routes)
                .hasSameSizeAs(ApiDocument.load().routes())
                .contains("/POST/v1/recommendations", "/DELETE/v1/items/*");
    }

    private static String alias(JsonNode uri) {
        return uri.findValuesAsText("Ref").stream()
                .filter(id -> !id.startsWith("AWS::"))
                .findFirst()
                .orElse("nothing");
    }

    private static String last(JsonNode parts) {
        return parts.path(parts.size() - 1).asText();
    }
}
