package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.option.DescribedFormats;
import dev.freshet.aws.option.StackFunction;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionsTest {
    /** The functions of options that are off by default. */
    private static final Set<StackFunction> OPTIONAL =
            Set.of(
                    StackFunction.SCALE,
                    StackFunction.CANARY,
                    StackFunction.LAKE,
                    StackFunction.LAKE_TABLES,
                    StackFunction.ANNOUNCE,
                    StackFunction.BULK);

    private final Synthesized dev = Synthesized.dev();

    @Test
    void thereAreTenEachWithItsHandler() {
        assertThat(dev.functions().keySet())
                .hasSize(10)
                .contains("Authorize", "Collect", "Recommend", "Catalog", "Profile", "Privacy")
                .contains("Features", "Train", "Compact", "Retain")
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(StackFunction.values())
                                .filter(function -> !OPTIONAL.contains(function))
                                .map(StackFunction::id)
                                .toList());
        for (String id : dev.functions().keySet()) {
            dev.assertProperties("%1$s/Handler = dev.freshet.functions.%1$sHandler".formatted(id));
        }
    }

    @Test
    void theyRunTheSameJarOnJava25OnArmAndLambdaLogsOnlyInvocationsThatFail() {
        for (String id : dev.functions().keySet()) {
            dev.assertProperties(
                    """
                    %1$s/Runtime = java25
                    %1$s/LoggingConfig/LogFormat = JSON
                    %1$s/LoggingConfig/SystemLogLevel = WARN
                    %1$s/Architectures/0 = arm64
                    """
                            .formatted(id));
        }
        assertThat(dev.functions().values())
                .extracting(function -> function.path("Code"))
                .containsOnly(dev.properties("Train").path("Code"));
    }

    @Test
    void onlyTheCatalogueHasTheLayerOfEmbeddersAndForMiniLmAProcessor() {
        assertThat(dev.functions().keySet())
                .filteredOn(id -> dev.properties(id).has("Layers"))
                .containsExactly("Catalog");
        dev.assertProperties(
                """
                Catalog/MemorySize = 1769
                Catalog/Environment/Variables/FRESHET_EMBEDDER = minilm
                """);
        assertThat(dev.ofType("AWS::Lambda::LayerVersion")).hasSize(1);
        assertThat(dev.template().toString()).doesNotContain("bedrock:");
    }

    @ParameterizedTest
    @CsvSource({
        "bedrock, amazon.titan-embed-text-v2:0, titan-embed-image",
        "multimodal, amazon.titan-embed-image-v1, titan-embed-text"
    })
    void bedrockMayBeAskedForOneModelOnceItIsChosen(String embedder, String model, String other) {
        Synthesized stack = Synthesized.with(Map.of("stage", "prod", "embedder", embedder));
        assertThat(stack.properties("Catalog").has("Layers")).isTrue();
        stack.assertProperties("Catalog/MemorySize = 1024");
        assertThat(stack.template().toString())
                .containsOnlyOnce("bedrock:InvokeModel")
                .contains("::foundation-model/" + model)
                .doesNotContain(other);
    }

    @Test
    void withoutAnEmbedderThereIsNoLayer() {
        Synthesized none = Synthesized.with(Map.of("embedder", "none"));
        assertThat(none.ofType("AWS::Lambda::LayerVersion")).isEmpty();
        assertThat(none.properties("Catalog").has("Layers")).isFalse();
        assertThat(none.variable("Catalog", "FRESHET_EMBEDDER")).isEqualTo("none");
    }

    @Test
    void recommendAndTheAuthorizerStartFromASnapshotOfAPublishedVersionBehindAnAlias() {
        String version =
                dev.properties("RecommendLive").at("/FunctionVersion/Fn::GetAtt/0").asText();
        dev.assertProperties(
                """
                Recommend/SnapStart/ApplyOn = PublishedVersions
                %s/FunctionName = Recommend
                Authorize/SnapStart/ApplyOn = PublishedVersions
                Authorize/Environment/Variables/FRESHET_AUDIENCE = freshet-dev
                """
                        .formatted(version));
    }

    @Test
    void whatRunsTheCodeOfAReleaseHasTheAliasLive() {
        assertThat(dev.ofType("AWS::Lambda::Alias").keySet())
                .hasSize(9)
                .contains("FeaturesLive", "TrainLive", "CompactLive")
                .contains("AuthorizeLive", "CollectLive", "RecommendLive")
                .contains("CatalogLive", "ProfileLive", "PrivacyLive");
        assertThat(dev.ofType("AWS::Lambda::Alias").values())
                .allSatisfy(alias -> assertThat(alias.path("Name").asText()).isEqualTo("live"));
    }

    /** A failed deployment is undone; the next would find its version and publish none. */
    @Test
    void versionsRemainUnlessTheirDeploymentFailsAndSayWhichFormatsTheyKnow() {
        assertThat(dev.ofType("AWS::Lambda::Version").keySet())
                .hasSize(9)
                .allSatisfy(
                        id -> {
                            dev.assertProperties(
                                    """
                                    %1$s/.DeletionPolicy = RetainExceptOnCreate
                                    %1$s/.UpdateReplacePolicy = Retain
                                    """
                                            .formatted(id));
                            assertThat(dev.properties(id).path("Description").asText())
                                    .isEqualTo(DescribedFormats.ofThisRelease())
                                    .hasSizeLessThan(256);
                        });
    }

    @Test
    void aCanaryMovesTheAliasesOfTheApiWhileAlarmsOnRequestsAreWatched() {
        Synthesized canary = Synthesized.canary();
        for (String id :
                List.of("Authorize", "Collect", "Recommend", "Catalog", "Profile", "Privacy")) {
            canary.assertProperties(
                    """
                    %1$sLive/.UpdatePolicy = {"CodeDeployLambdaAliasUpdate":\
                    {"ApplicationName":{"Ref":"Deployments"},\
                    "DeploymentGroupName":{"Ref":"%1$sDeployment"}}}
                    %1$sDeployment/DeploymentConfigName = CodeDeployDefault.LambdaCanary10Percent5Minutes
                    %1$sDeployment/AlarmConfiguration/Alarms/0/Name = AnswersDegradedAlarm
                    %1$sDeployment/AlarmConfiguration/Alarms/1/Name = ApiFailingAlarm
                    %1$sDeployment/AutoRollbackConfiguration/Enabled = true
                    """
                            .formatted(id));
        }
        assertThat(canary.ofType("AWS::CodeDeploy::DeploymentGroup")).hasSize(6);
        assertThat(dev.ofType("AWS::CodeDeploy::Application")).isEmpty();
        assertThat(canary.resource("FeaturesLive").has("UpdatePolicy")).isFalse();
    }

    @Test
    void withoutSnapStartNoFunctionHasASnapshotAndNoScheduleKeepsOne() {
        Synthesized without = Synthesized.with(Map.of("snapStart", "false"));

        assertThat(without.functions().values()).noneMatch(function -> function.has("SnapStart"));
        assertThat(without.ofType("AWS::Lambda::Alias")).hasSize(9);
        assertThat(without.ofType("AWS::Events::Rule").keySet())
                .containsExactlyInAnyOrder("CompactEveryHour", "RetainEveryHour");
    }

    @Test
    void everyFunctionThatStartsFromASnapshotIsInvokedDaily() {
        dev.assertProperties("KeepSnapshotsDaily/ScheduleExpression = rate(1 day)");
        assertThat(dev.properties("KeepSnapshotsDaily").path("Targets"))
                .isNotEmpty()
                .extracting(target -> target.at("/Arn/Ref").asText())
                .containsExactlyInAnyOrderElementsOf(
                        dev.functions().keySet().stream()
                                .filter(id -> dev.properties(id).has("SnapStart"))
                                .map(id -> id + "Live")
                                .toList());
    }

    @Test
    void functionsThatComputeForLongHaveAllCompilersOfTheJvm() {
        Set<String> computing = Set.of("Features", "Train", "Compact", "Retain");
        for (String id : dev.functions().keySet()) {
            assertThat(dev.variable(id, "JAVA_TOOL_OPTIONS"))
                    .as(id)
                    .isEqualTo(
                            computing.contains(id)
                                    ? "-XX:+TieredCompilation -XX:TieredStopAtLevel=4"
                                    : "");
        }
        dev.assertProperties("Train/MemorySize = 3008");
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
        assertThat(groups.values()).allMatch(group -> group.path("RetentionInDays").asInt() == 7);
        assertThat(dev.functions().values())
                .extracting(function -> function.at("/LoggingConfig/LogGroup/Ref").asText())
                .hasSize(10)
                .doesNotHaveDuplicates()
                .isSubsetOf(groups.keySet());
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
            // Those whose metrics are read by name.
            named.removeAll(
                    switch (function.getKey()) {
                        case "Recommend" -> Set.of("Events", "Examples");
                        case "Retain" -> Set.of("Features", "Train");
                        default -> Set.of();
                    });
            assertThat(allowed).as(function.getKey()).isEqualTo(named);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '!',
            value = {
                "Features, FRESHET_STRENGTHS, {\"like\":3}, !!",
                "Recommend, FRESHET_BLEND, weighted, !!",
                "Recommend, FRESHET_CATALOGUE, open, closed",
                "Train, FRESHET_CATALOGUE, open, closed"
            })
    void theOwnersChoiceReachesTheFunctionThatUsesIt(
            String function, String name, String chosen, String usual) {
        assertThat(Synthesized.decided().variable(function, name)).isEqualTo(chosen);
        assertThat(dev.variable(function, name)).isEqualTo(usual);
        assertThat(dev.template().at("/Outputs/Catalogue/Value").asText()).isEqualTo("closed");
    }

    @Test
    void theTrainerInvokesTheFunctionThatCompacts() {
        dev.assertProperties(
                """
                Compact/FunctionName = freshet-dev-compact
                Train/Environment/Variables/FRESHET_COMPACT_FUNCTION = freshet-dev-compact:live
                """);
    }

    @Test
    void retentionIsJudgedByTheFunctionsThatReadTheStreams() {
        dev.assertProperties(
                """
                Retain/Environment/Variables/FRESHET_FEATURES_FUNCTION = Features
                Retain/Environment/Variables/FRESHET_TRAIN_FUNCTION = Train
                """);
    }

    @Test
    void functionsThatReceiveIdsGetTheSecretThatReplacesThem() {
        Synthesized masked = Synthesized.with(Map.of("pseudonymiseIds", "true"));
        List<String> named =
                masked.functions().keySet().stream()
                        .filter(id -> !masked.variable(id, "FRESHET_ID_SECRET_ARN").isEmpty())
                        .sorted()
                        .toList();
        assertThat(named).containsExactly("Collect", "Privacy", "Profile", "Recommend");
        assertThat(String.valueOf(dev.functions().get("Collect"))).doesNotContain("ID_SECRET");
    }

    private JsonNode policyOf(JsonNode function) {
        String role = function.at("/Role/Fn::GetAtt/0").asText();
        return dev.ofType("AWS::IAM::Policy").values().stream()
                .filter(policy -> policy.at("/Roles/0/Ref").asText().equals(role))
                .findFirst()
                .orElseThrow();
    }

    /** The resources of this stack that are referred to anywhere below the node. */
    private static Set<String> resources(JsonNode node) {
        Set<String> found = new TreeSet<>(node.findValuesAsText("Ref"));
        node.findValues("Fn::GetAtt").forEach(get -> found.add(get.path(0).asText()));
        found.removeIf(id -> id.startsWith("AWS::"));
        return found;
    }
}
