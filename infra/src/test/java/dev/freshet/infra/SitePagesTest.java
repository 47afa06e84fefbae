package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.SiteHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.App;

/** The distribution of the pages, in front of either kind of API. */
class SitePagesTest {
    private static final String DISTRIBUTION = "SiteDistribution";

    private final Synthesized site = Synthesized.site();

    static Synthesized[] both() {
        return new Synthesized[] {Synthesized.site(), Synthesized.siteOfHttp()};
    }

    private static JsonNode config(Synthesized stack) {
        return stack.properties(DISTRIBUTION).path("DistributionConfig");
    }

    private static JsonNode behaviour(Synthesized stack, String pattern) {
        return only(config(stack).path("CacheBehaviors"), "PathPattern", pattern);
    }

    private static JsonNode headers(Synthesized stack, JsonNode behaviour) {
        return stack.properties(behaviour.at("/ResponseHeadersPolicyId/Ref").asText())
                .path("ResponseHeadersPolicyConfig");
    }

    private static JsonNode origin(Synthesized stack, JsonNode behaviour) {
        String id = behaviour.path("TargetOriginId").asText();
        return only(config(stack).path("Origins"), "Id", id);
    }

    private static JsonNode only(JsonNode list, String member, String value) {
        return list.valueStream()
                .filter(one -> one.path(member).asText().equals(value))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void withoutTheOptionNothingOfItIsInTheTemplate() {
        assertThat(Synthesized.prod().template().toString())
                .doesNotContain("CloudFront", "SiteBucket");
    }

    @Test
    void theOptionChangesNothingElse() {
        Map<String, JsonNode> with = resources(Synthesized.with(Map.of("site", "true")));
        Map<String, JsonNode> without = resources(Synthesized.dev());

        assertThat(with).containsAllEntriesOf(without);
        with.keySet().removeAll(without.keySet());
        assertThat(with.values())
                .extracting(resource -> resource.path("Type").asText())
                .isNotEmpty()
                .allMatch(type -> type.matches("AWS::(CloudFront|S3)::.*"));
    }

    private static Map<String, JsonNode> resources(Synthesized stack) {
        Map<String, JsonNode> all = new TreeMap<>();
        stack.template().path("Resources").forEachEntry(all::put);
        return all;
    }

    @ParameterizedTest
    @MethodSource("both")
    void theBucketIsPrivateAndTheDistributionSignsItsRequests(Synthesized stack) {
        JsonNode bucket = stack.properties("SiteBucket");
        Synthesized.assertClosed(bucket);
        assertThat(bucket.path("BucketEncryption").toString()).contains("AES256");
        assertThat(
                        origin(stack, config(stack).path("DefaultCacheBehavior"))
                                .path("OriginAccessControlId")
                                .toString())
                .contains("Fn::GetAtt");
    }

    @ParameterizedTest
    @MethodSource("both")
    void theApiIsBelowItsStageUncachedWithTheHeadersOfTheCaller(Synthesized stack) {
        JsonNode api = behaviour(stack, "/v1/*");
        JsonNode origin = origin(stack, api);

        // AWS's managed policies CachingDisabled and AllViewerExceptHostHeader.
        assertThat(api.path("CachePolicyId").asText())
                .isEqualTo("4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
        assertThat(api.path("OriginRequestPolicyId").asText())
                .isEqualTo("b689b0a8-53d0-40ab-baf2-68738e2966ac");
        assertThat(api.path("ViewerProtocolPolicy").asText()).isEqualTo("https-only");
        assertThat(api.path("AllowedMethods")).hasSize(7);
        assertThat(api.has("FunctionAssociations")).isFalse();
        assertThat(origin.at("/CustomOriginConfig/OriginProtocolPolicy").asText())
                .isEqualTo("https-only");
        assertThat(origin.at("/CustomOriginConfig/OriginSSLProtocols").toString())
                .isEqualTo("[\"TLSv1.2\"]");
        assertThat(origin.path("DomainName").toString()).contains(".execute-api.");
        assertThat(
                        headers(stack, api)
                                .at("/SecurityHeadersConfig/ContentSecurityPolicy")
                                .toString())
                .contains("default-src 'none'");
    }

    @Test
    void thePathOfTheOriginIsTheStage() {
        assertThat(origin(site, behaviour(site, "/v1/*")).path("OriginPath").toString())
                .contains("ApiRestDeploymentStageprod");
        Synthesized http = Synthesized.siteOfHttp();
        assertThat(origin(http, behaviour(http, "/v1/*")).path("OriginPath").asText())
                .isEqualTo("/dev");
    }

    /** A page for a missing file would replace the API's own refusals too. */
    @ParameterizedTest
    @MethodSource("both")
    void noErrorIsReplacedOrCached(Synthesized stack) {
        assertThat(config(stack).path("CustomErrorResponses"))
                .hasSize(11)
                .allSatisfy(
                        error -> {
                            assertThat(error.path("ErrorCachingMinTTL").asInt(-1)).isZero();
                            assertThat(error.has("ResponsePagePath")).isFalse();
                        });
    }

    @Test
    void everyPathHasTheHeadersThatTheSiteStates() {
        SiteHeaders stated = SiteHeaders.of(Synthesized.SITE);
        assertThat(stated.prefixes()).isNotEmpty();
        compare(stated.at("/"), config(site).path("DefaultCacheBehavior"));
        stated.prefixes()
                .forEach(
                        prefix ->
                                compare(
                                        stated.at(prefix),
                                        behaviour(site, prefix.replaceAll("/$", "") + "*")));
    }

    private void compare(Map<String, String> stated, JsonNode behaviour) {
        JsonNode policy = headers(site, behaviour);
        JsonNode security = policy.path("SecurityHeadersConfig");
        Map<String, String> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        found.put(
                "Content-Security-Policy",
                security.at("/ContentSecurityPolicy/ContentSecurityPolicy").asText());
        found.put("Referrer-Policy", security.at("/ReferrerPolicy/ReferrerPolicy").asText());
        found.put("X-Content-Type-Options", security.has("ContentTypeOptions") ? "nosniff" : "");
        policy.at("/CustomHeadersConfig/Items")
                .forEach(one -> found.put(one.path("Header").asText(), one.path("Value").asText()));
        stated.remove("Cache-Control");

        assertThat(found).containsExactlyInAnyOrderEntriesOf(stated);
        assertThat(security.at("/StrictTransportSecurity/AccessControlMaxAgeSec").asInt())
                .isEqualTo(31_536_000);
        assertThat(policy.findValues("Override")).allMatch(JsonNode::asBoolean);
        assertThat(behaviour.path("AllowedMethods").toString()).isEqualTo("[\"GET\",\"HEAD\"]");
        assertThat(behaviour.at("/FunctionAssociations/0/EventType").asText())
                .isEqualTo("viewer-request");
    }

    /** Two stacks of an account share the names of CloudFront. */
    @Test
    void namesOfTheAccountDifferByStackAndFitCloudFront() {
        Synthesized longest =
                Synthesized.with(Map.of("site", "true", "stackName", "s".repeat(128)));
        for (String type :
                new String[] {
                    "AWS::CloudFront::Function",
                    "AWS::CloudFront::ResponseHeadersPolicy",
                    "AWS::CloudFront::OriginAccessControl"
                }) {
            assertThat(longest.ofType(type).values())
                    .isNotEmpty()
                    .allSatisfy(
                            each -> {
                                JsonNode parts = each.findValue("Name");
                                assertThat(parts.toString()).contains("AWS::Region");
                                assertThat(parts.at("/Fn::Join/1/0").asText().length() + 16)
                                        .as(parts.toString())
                                        .isLessThanOrEqualTo(64);
                            });
        }
    }

    @Test
    void aHeaderThatCloudFrontCannotStateIsRefused() throws Exception {
        Path folder = Synthesized.scratch();
        Files.writeString(
                folder.resolve(SiteHeaders.FILE),
                "[{\"prefix\": \"/\", \"headers\": {\"Referrer-Policy\": \"origin\"}}]");
        App app = FreshetApp.app(folder.resolve("out").toString(), Map.of());

        assertThatThrownBy(
                        () ->
                                SitePages.headerPolicy(
                                        app, "Headers", "headers", SiteHeaders.of(folder).at("/")))
                .hasMessageContaining("Referrer-Policy must be no-referrer");
    }

    @ParameterizedTest
    @CsvSource({
        "/, /index.html",
        "/dashboard, /dashboard/index.html",
        "/dashboard/, /dashboard/index.html",
        "/assets/app-1a2b.js, /assets/app-1a2b.js",
        "//, //index.html",
        "/a.b/c, /a.b/c/index.html"
    })
    void aFolderIsItsPage(String asked, String file) throws Exception {
        JsonNode function = site.ofType("AWS::CloudFront::Function").values().iterator().next();
        String run =
                "%s\nconsole.log(handler({request: {uri: \"%s\"}}).uri)"
                        .formatted(function.path("FunctionCode").asText(), asked);
        Process node = new ProcessBuilder("node", "-e", run).redirectErrorStream(true).start();
        String said =
                new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

        assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said).isEqualTo(file);
    }

    @Test
    void theOutputsSayWhereThePagesAreAndGo() {
        JsonNode outputs = site.template().path("Outputs");
        assertThat(outputs.at("/SiteUrl/Value").toString()).contains(DISTRIBUTION, "DomainName");
        assertThat(outputs.at("/SiteBucketName/Value/Ref").asText()).isEqualTo("SiteBucket");
        assertThat(outputs.at("/SiteHeadersHash/Value").asText())
                .isEqualTo(SiteHeaders.hash(Synthesized.SITE));
    }
}
