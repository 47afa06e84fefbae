package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.option.StackFunction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FunctionsTest {
    /** The actions that cannot be limited to a resource: those of X-Ray, and reading metrics. */
    private static final Set<Set<String>> OF_ANY_RESOURCE =
            Set.of(
                    Set.of("xray:PutTelemetryRecords", "xray:PutTraceSegments"),
                    Set.of("cloudwatch:GetMetricData"));

    /** The functions of options that are off by default. */
    private static final Set<StackFunction> OPTIONAL =
            Set.of(
                    StackFunction.SCALE,
                    StackFunction.LAKE,
                    StackFunction.LAKE_TABLES,
                    StackFunction.ANNOUNCE,
                    StackFunction.BULK);

    private final Synthesized dev = Synthesized.dev();

    @Test
    void thereAreTenEachWithItsHandler() {
        assertThat(dev.functions().keySet())
                .containsExactlyInAnyOrder(
                        "Authorize",
                        "Collect",
                        "Recommend",
                        "Catalog",
                        "Profile",
                        "Privacy",
                        "Features",
                        "Train",
                        "Compact",
                        "Retain")
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(StackFunction.values())
                                .filter(function -> !OPTIONAL.contains(function))
                                .map(StackFunction::id)
                                .toList());
        dev.functions()
                .forEach(
                        (id, function) ->
                                assertThat(function.path("Handler").asText())
                                        .isEqualTo("dev.freshet.functions." + id + "Handler"));
    }

    @Test
    void theyRunOnJava25OnArm() {
        assertThat(dev.functions().values())
                .allSatisfy(
                        function -> {
                            assertThat(function.path("Runtime").asText()).isEqualTo("java25");
                            assertThat(function.at("/LoggingConfig/LogFormat").asText())
                                    .isEqualTo("JSON");
                            assertThat(function.path("Architectures").path(0).asText())
                                    .isEqualTo("arm64");
                        });
    }

    @Test
    void theyAreAllTheSameJar() {
        assertThat(
                        dev.functions().values().stream()
                                .map(function -> function.path("Code"))
                                .distinct())
                .hasSize(1);
    }

    @Test
    void onlyTheCatalogueHasTheLayerOfEmbeddersAndForMiniLmAProcessor() {
        assertThat(dev.functions())
                .allSatisfy(
                        (id, function) ->
                                assertThat(function.has("Layers"))
                                        .as(id)
                                        .isEqualTo(id.equals("Catalog")));
        JsonNode catalog = dev.properties("Catalog");
        assertThat(catalog.path("MemorySize").asInt()).isEqualTo(1769);
        assertThat(catalog.at("/Environment/Variables/FRESHET_EMBEDDER").asText())
                .isEqualTo("minilm");
        assertThat(dev.ofType("AWS::Lambda::LayerVersion")).hasSize(1);
        assertThat(dev.template().toString()).doesNotContain("bedrock:");
    }

    @Test
    void bedrockMayBeAskedForOneModelOnceItIsChosen() {
        Synthesized decided = Synthesized.decided();

        assertThat(decided.properties("Catalog").has("Layers")).isTrue();
        assertThat(decided.properties("Catalog").path("MemorySize").asInt()).isEqualTo(1024);
        assertThat(decided.template().toString())
                .containsOnlyOnce("bedrock:InvokeModel")
                .contains("::foundation-model/amazon.titan-embed-text-v2:0");
    }

    @Test
    void theModelOfImagesMayBeAskedAloneOnceItIsChosen() {
        Synthesized multimodal = Synthesized.with(Map.of("embedder", "multimodal"));

        assertThat(multimodal.properties("Catalog").has("Layers")).isTrue();
        assertThat(multimodal.template().toString())
                .containsOnlyOnce("bedrock:InvokeModel")
                .contains("::foundation-model/amazon.titan-embed-image-v1")
                .doesNotContain("titan-embed-text");
    }

    @Test
    void withoutAnEmbedderThereIsNoLayer() {
        Synthesized none = Synthesized.with(Map.of("embedder", "none"));

        assertThat(none.ofType("AWS::Lambda::LayerVersion")).isEmpty();
        assertThat(none.properties("Catalog").has("Layers")).isFalse();
        assertThat(
                        none.properties("Catalog")
                                .at("/Environment/Variables/FRESHET_EMBEDDER")
                                .asText())
                .isEqualTo("none");
    }

    @Test
    void recommendStartsFromASnapshotOfAPublishedVersionBehindAnAlias() {
        assertThat(dev.properties("Recommend").path("SnapStart").path("ApplyOn").asText())
                .isEqualTo("PublishedVersions");
        String version =
                dev.properties("RecommendLive")
                        .path("FunctionVersion")
                        .path("Fn::GetAtt")
                        .path(0)
                        .asText();
        assertThat(dev.properties(version).path("FunctionName").path("Ref").asText())
                .isEqualTo("Recommend");
    }

    @Test
    void theAuthorizerStartsFromASnapshotToo() {
        assertThat(dev.properties("Authorize").path("SnapStart").path("ApplyOn").asText())
                .isEqualTo("PublishedVersions");
        assertThat(
                        dev.properties("Authorize")
                                .at("/Environment/Variables/FRESHET_AUDIENCE")
                                .asText())
                .isEqualTo("freshet-dev");
    }

    @Test
    void functionsOfTheApiHaveTheAliasLive() {
        assertThat(dev.ofType("AWS::Lambda::Alias").keySet())
                .containsExactlyInAnyOrder(
                        "AuthorizeLive",
                        "CollectLive",
                        "RecommendLive",
                        "CatalogLive",
                        "ProfileLive",
                        "PrivacyLive");
        assertThat(dev.ofType("AWS::Lambda::Alias").values())
                .allSatisfy(alias -> assertThat(alias.path("Name").asText()).isEqualTo("live"));
    }

    /** An account with the limit of 10 that a new one has cannot reserve any. */
    @Test
    void noFunctionReservesConcurrencySoThatANewAccountCanMakeThemAll() {
        assertThat(dev.functions().values())
                .noneMatch(function -> function.has("ReservedConcurrentExecutions"));
    }

    @Test
    void withoutSnapStartNoFunctionHasASnapshotAndNoScheduleKeepsOne() {
        Synthesized without = Synthesized.with(Map.of("snapStart", "false"));

        assertThat(without.functions().values()).noneMatch(function -> function.has("SnapStart"));
        assertThat(without.ofType("AWS::Lambda::Alias")).hasSize(6);
        assertThat(without.ofType("AWS::Events::Rule").keySet())
                .containsExactlyInAnyOrder("CompactEveryHour", "RetainEveryHour");
    }

    @Test
    void everyFunctionThatStartsFromASnapshotIsInvokedDaily() {
        Set<String> kept = new TreeSet<>();
        JsonNode rule = dev.properties("KeepSnapshotsDaily");
        rule.path("Targets").forEach(target -> kept.add(target.at("/Arn/Ref").asText()));
        Set<String> withSnapshots = new TreeSet<>();
        dev.functions()
                .forEach(
                        (id, function) -> {
                            if (function.has("SnapStart")) {
                                withSnapshots.add(id + "Live");
                            }
                        });

        assertThat(rule.path("ScheduleExpression").asText()).isEqualTo("rate(1 day)");
        assertThat(kept).isNotEmpty().isEqualTo(withSnapshots);
    }

    @Test
    void functionsThatComputeForLongHaveAllCompilersOfTheJvm() {
        dev.functions()
                .forEach(
                        (id, function) ->
                                assertThat(
                                                function.at(
                                                                "/Environment/Variables/JAVA_TOOL_OPTIONS")
                                                        .asText())
                                        .as(id)
                                        .isEqualTo(
                                                Set.of("Features", "Train", "Compact", "Retain")
                                                                .contains(id)
                                                        ? "-XX:+TieredCompilation -XX:TieredStopAtLevel=4"
                                                        : ""));
        assertThat(dev.properties("Train").path("MemorySize").asInt()).isEqualTo(3008);
    }

    @Test
    void functionsOfTheApiTimeOutBeforeTheGatewayDoes() {
        for (String id :
                Set.of("Authorize", "Collect", "Recommend", "Catalog", "Profile", "Privacy")) {
            assertThat(dev.properties(id).path("Timeout").asInt()).isBetween(1, 28);
        }
    }

    @Test
    void everyLogIsTheFunctionsOwnAndEnds() {
        Map<String, JsonNode> groups = dev.ofType("AWS::Logs::LogGroup");
        assertThat(groups.values())
                .allSatisfy(
                        group -> assertThat(group.path("RetentionInDays").asInt()).isEqualTo(7));
        Set<String> used = new LinkedHashSet<>();
        dev.functions()
                .values()
                .forEach(function -> used.add(function.at("/LoggingConfig/LogGroup/Ref").asText()));
        assertThat(used).hasSize(10).isSubsetOf(groups.keySet());
    }

    @Test
    void lambdaLogsOnlyInvocationsThatFail() {
        assertThat(dev.functions().values())
                .allSatisfy(
                        function ->
                                assertThat(function.at("/LoggingConfig/SystemLogLevel").asText())
                                        .isEqualTo("WARN"));
    }

    @Test
    void noRoleNamesAllResourcesOrAllActions() {
        Map<String, JsonNode> policies = dev.ofType("AWS::IAM::Policy");
        assertThat(policies).hasSize(10);
        policies.values()
                .forEach(
                        policy ->
                                policy.at("/PolicyDocument/Statement")
                                        .forEach(
                                                statement -> {
                                                    assertThat(texts(statement.path("Action")))
                                                            .noneMatch(
                                                                    action -> action.contains("*"));
                                                    if (OF_ANY_RESOURCE.contains(
                                                            texts(statement.path("Action")))) {
                                                        return;
                                                    }
                                                    assertThat(texts(statement.path("Resource")))
                                                            .doesNotContain("*");
                                                    if (statement
                                                            .toString()
                                                            .contains(
                                                                    ":function:freshet-dev-compact")) {
                                                        return;
                                                    }
                                                    assertThat(
                                                                    resources(
                                                                            statement.path(
                                                                                    "Resource")))
                                                            .isNotEmpty();
                                                }));
        dev.functions()
                .values()
                .forEach(
                        function ->
                                assertThat(
                                                dev.resource(
                                                                function.at("/Role/Fn::GetAtt/0")
                                                                        .asText())
                                                        .at("/Properties/ManagedPolicyArns")
                                                        .isMissingNode())
                                        .isTrue());
    }

    /** The environment and the role of a function name the same resources. */
    @Test
    void theEnvironmentOfAFunctionNamesWhatItsRoleMayUse() {
        Map<String, String> fedBy = Map.of("Features", "Events", "Train", "Examples");
        for (Entry<String, JsonNode> function : dev.functions().entrySet()) {
            Set<String> named = resources(function.getValue().at("/Environment/Variables"));
            Set<String> allowed =
                    resources(policyOf(function.getValue()).at("/PolicyDocument/Statement"));
            allowed.remove(function.getKey() + "Log");
            allowed.remove(fedBy.getOrDefault(function.getKey(), ""));
            if (function.getKey().equals("Recommend")) {
                named.removeAll(Set.of("Events", "Examples")); // reads metrics of these by name
            }
            assertThat(allowed).as(function.getKey()).isEqualTo(named);
        }
    }

    @Test
    void theOwnersStrengthsReachTheFunctionThatWeighs() {
        Synthesized weighed = Synthesized.decided();
        assertThat(
                        weighed.properties("Features")
                                .at("/Environment/Variables/FRESHET_STRENGTHS")
                                .asText())
                .isEqualTo("{\"like\":3}");
        assertThat(dev.properties("Features").at("/Environment/Variables").has("FRESHET_STRENGTHS"))
                .isFalse();
    }

    @Test
    void itemsHaveToBeInTheCatalogueUnlessTheOwnerSaysOtherwise() {
        for (String function : List.of("Recommend", "Train")) {
            String catalogue = "/Environment/Variables/FRESHET_CATALOGUE";
            assertThat(dev.properties(function).at(catalogue).asText()).isEqualTo("closed");
            assertThat(Synthesized.decided().properties(function).at(catalogue).asText())
                    .isEqualTo("open");
        }
        assertThat(dev.template().at("/Outputs/Catalogue/Value").asText()).isEqualTo("closed");
    }

    @Test
    void theOwnersBlendReachesTheFunctionThatRanks() {
        assertThat(
                        Synthesized.decided()
                                .properties("Recommend")
                                .at("/Environment/Variables/FRESHET_BLEND")
                                .asText())
                .isEqualTo("weighted");
        assertThat(dev.properties("Recommend").at("/Environment/Variables").has("FRESHET_BLEND"))
                .isFalse();
    }

    @Test
    void onlyTheWriteFlowMayWriteWhatItOwns() {
        assertThat(functionsThatMay("dynamodb:PutItem", "Interactions"))
                .containsExactly("Features");
        assertThat(functionsThatMay("dynamodb:PutItem", "Models"))
                .containsExactlyInAnyOrder("Train", "Compact");
        assertThat(functionsThatMay("kinesis:PutRecords", "Events"))
                .containsExactlyInAnyOrder("Collect", "Profile", "Privacy");
        assertThat(functionsThatMay("dynamodb:DeleteItem", "Interactions"))
                .containsExactlyInAnyOrder("Features", "Privacy");
        assertThat(functionsThatMay("s3:ListBucket", "QuarantineBucket"))
                .as("who keeps and forgets records, and who counts them by their reasons")
                .containsExactlyInAnyOrder("Features", "Train", "Privacy", "Recommend");
    }

    @Test
    void theTrainerMayInvokeTheFunctionThatCompactsAndNoOther() {
        assertThat(dev.properties("Compact").path("FunctionName").asText())
                .isEqualTo("freshet-dev-compact");
        assertThat(
                        dev.properties("Train")
                                .at("/Environment/Variables/FRESHET_COMPACT_FUNCTION")
                                .asText())
                .isEqualTo("freshet-dev-compact");
        dev.functions()
                .forEach(
                        (id, function) -> {
                            String policy = policyOf(function).toString();
                            assertThat(policy.contains("lambda:InvokeFunction"))
                                    .as(id)
                                    .isEqualTo(id.equals("Train"));
                            assertThat(policy.contains(":function:freshet-dev-compact"))
                                    .as(id)
                                    .isEqualTo(id.equals("Train"));
                        });
    }

    @Test
    void onlyTheAuthorizerReadsKeysAndNobodyWritesThem() {
        assertThat(functionsThatMay("dynamodb:GetItem", "Keys")).containsExactly("Authorize");
        assertThat(functionsThatMay("dynamodb:PutItem", "Keys")).isEmpty();
        assertThat(functionsThatMay("dynamodb:Scan", "Keys")).isEmpty();
    }

    @Test
    void functionsThatReceiveIdsGetTheSecretThatReplacesThem() {
        Synthesized masked = Synthesized.with(Map.of("pseudonymiseIds", "true"));
        Set<String> named = new TreeSet<>();
        masked.functions()
                .forEach(
                        (id, function) -> {
                            if (function.at("/Environment/Variables")
                                    .has("FRESHET_ID_SECRET_ARN")) {
                                named.add(id);
                            }
                        });
        assertThat(named).containsExactly("Collect", "Privacy", "Profile", "Recommend");
        assertThat(String.valueOf(dev.functions().get("Collect"))).doesNotContain("ID_SECRET");
    }

    private Set<String> functionsThatMay(String action, String resource) {
        Set<String> found = new TreeSet<>();
        dev.functions()
                .forEach(
                        (id, function) ->
                                policyOf(function)
                                        .at("/PolicyDocument/Statement")
                                        .forEach(
                                                statement -> {
                                                    if (texts(statement.path("Action"))
                                                                    .contains(action)
                                                            && resources(statement.path("Resource"))
                                                                    .contains(resource)) {
                                                        found.add(id);
                                                    }
                                                }));
        return found;
    }

    private JsonNode policyOf(JsonNode function) {
        String role = function.at("/Role/Fn::GetAtt/0").asText();
        return dev.ofType("AWS::IAM::Policy").values().stream()
                .filter(policy -> policy.at("/Roles/0/Ref").asText().equals(role))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> texts(JsonNode node) {
        Set<String> texts = new LinkedHashSet<>();
        if (node.isTextual()) {
            texts.add(node.asText());
        }
        node.forEach(
                element -> {
                    if (element.isTextual()) {
                        texts.add(element.asText());
                    }
                });
        return texts;
    }

    /** The resources of this stack that are referred to anywhere below the node. */
    private static Set<String> resources(JsonNode node) {
        Set<String> found = new TreeSet<>(node.findValuesAsText("Ref"));
        node.findValues("Fn::GetAtt").forEach(get -> found.add(get.path(0).asText()));
        found.removeIf(id -> id.startsWith("AWS::"));
        return found;
    }
}
