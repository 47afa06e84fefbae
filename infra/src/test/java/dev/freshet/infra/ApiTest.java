package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ApiTest {

    private final Synthesized dev = Synthesized.dev();
    private final Synthesized signed = Synthesized.entrance();
    private final JsonNode body = dev.resource("Api").at("/Properties/Body");

    @Test
    void theDocumentInTheTemplateIsStillOpenApiThreeZero() {
        assertThat(body.path("openapi").asText()).matches("3\\.0\\.\\d+");
    }

    /** Lambda allows 20 KB for what a function permits, and one permission a route takes more. */
    @Test
    void eachApiMayInvokeTheAliasesThatItsIntegrationsNameByOnePermissionEach() {
        List<String> wanted =
                operations(body).values().stream()
                        .map(operation -> operation.at("/x-amazon-apigateway-integration/uri"))
                        .filter(uri -> !uri.isMissingNode())
                        .map(uri -> "/*/* invokes " + alias(uri))
                        .distinct()
                        .collect(Collectors.toCollection(ArrayList::new));
        assertThat(wanted).hasSize(5);
        wanted.add("/authorizers/* invokes AuthorizeLive");
        assertThat(permissions(dev)).containsExactlyInAnyOrderElementsOf(wanted);
        wanted.addAll(List.copyOf(wanted.subList(0, 5)));
        assertThat(permissions(signed)).containsExactlyInAnyOrderElementsOf(wanted);
    }

    private static List<String> permissions(Synthesized stack) {
        return permissionsOf(stack)
                .map(
                        permission ->
                                last(permission.at("/SourceArn/Fn::Join/1"))
                                        + " invokes "
                                        + permission.at("/FunctionName/Ref").asText())
                .toList();
    }

    /** Returns each operation by its route, such as {@code /POST/v1/events}. */
    private static Map<String, JsonNode> operations(JsonNode document) {
        Map<String, JsonNode> all = new TreeMap<>();
        for (Entry<String, JsonNode> path : document.path("paths").properties()) {
            path.getValue()
                    .forEachEntry(
                            (method, operation) ->
                                    all.put(
                                            "/" + method.toUpperCase(Locale.ROOT) + path.getKey(),
                                            operation));
        }
        return all;
    }

    private static Stream<JsonNode> permissionsOf(Synthesized stack) {
        return stack.ofType("AWS::Lambda::Permission").values().stream()
                .filter(one -> one.path("Principal").asText().equals("apigateway.amazonaws.com"));
    }

    @Test
    void aPermissionHoldsForThisApiAndItsStageOnly() {
        Set<String> stages = dev.ofType("AWS::ApiGateway::Stage").keySet();
        assertThat(permissionsOf(dev))
                .filteredOn(one -> !last(one.at("/SourceArn/Fn::Join/1")).endsWith("authorizers/*"))
                .isNotEmpty()
                .allSatisfy(
                        permission ->
                                assertThat(permission.path("SourceArn").findValuesAsText("Ref"))
                                        .contains("Api")
                                        .anyMatch(stages::contains));
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
        assertThat(operations(document))
                .isNotEmpty()
                .allSatisfy(
                        (where, operation) ->
                                assertThat(operation.at("/security/0").has(scheme))
                                        .isEqualTo(!where.startsWith("/OPTIONS/")));
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
                        "PublishablePlan",
                        "SecretPlan",
                        "UserTokensPlan",
                        "InsightsPlan",
                        "ExperimentsPlan");
        plans.keySet().forEach(plan -> signed.assertProperties(plan + "/ApiStages/0/ApiId = Api"));
        signed.assertProperties(
                """
                PublishablePlan/Throttle/RateLimit = 500
                SecretPlan/Throttle/BurstLimit = 2000
                """);
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
                .extracting(
                        acl -> acl.path("Rules").findValuesAsText("Limit"),
                        acl -> acl.path("Rules").findValuesAsText("VendorName").size(),
                        acl -> acl.findValuesAsText("SampledRequestsEnabled"))
                .hasSize(2)
                .containsOnly(tuple(List.of("20000"), 2, Collections.nCopies(4, "false")));
    }

    @Test
    void rulesOfTheWebAclThatWouldRefuseTextOfTheSiteOnlyCount() {
        assertThat(signed.properties("WebAclOfApi").findValues("RuleActionOverrides"))
                .flatMap(overrides -> overrides.valueStream().toList())
                .allMatch(override -> override.path("ActionToUse").has("Count"))
                .extracting(override -> override.path("Name").asText())
                .contains(
                        """
                        SizeRestrictions_BODY SizeRestrictions_QUERYSTRING
                        CrossSiteScripting_QUERYARGUMENTS GenericLFI_QUERYARGUMENTS
                        GenericRFI_QUERYARGUMENTS EC2MetaDataSSRF_QUERYARGUMENTS
                        RestrictedExtensions_QUERYARGUMENTS RestrictedExtensions_URIPATH
                        """
                                .split("\\s+"))
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
        for (JsonNode policy : signed.ofType("AWS::IAM::ManagedPolicy").values()) {
            for (JsonNode arn : policy.at("/PolicyDocument/Statement/0/Resource")) {
                assertThat(routes.add(last(arn.at("/Fn::Join/1")))).isTrue();
            }
        }
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
