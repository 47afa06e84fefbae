package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.aws.option.StackSettings;
import dev.freshet.cli.cost.CostModel;
import dev.freshet.cli.cost.MeasuredUnits;
import dev.freshet.cli.cost.PriceList;
import dev.freshet.cli.cost.StackTemplate;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options for who operates a stack: what each adds, and what it costs while nobody comes. */
class OperationOptionsTest {
    private static final String CERTIFICATE =
            "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000";

    private static final String DOMAIN = "domain=api.example.org certificateArn=" + CERTIFICATE;

    private static Map<String, String> given(String options) {
        Map<String, String> given = new TreeMap<>();
        for (String option : options.split(" ", -1)) {
            given.put(option.split("=", 2)[0], option.split("=", 2)[1]);
        }
        return given;
    }

    private static Synthesized with(String options) {
        return Synthesized.with(new TreeMap<>(given(options)));
    }

    @Test
    void aBudgetTellsTheTopicAlsoWhereThatIsEncrypted() {
        Synthesized stack = with("stage=prod budget=200");
        stack.assertProperties(
                """
                Budget/Budget/BudgetLimit/Amount = 200
                Budget/NotificationsWithSubscribers/0/Notification/Threshold = 80
                Budget/NotificationsWithSubscribers/0/Subscribers/0/Address = AlarmTopic
                Budget/NotificationsWithSubscribers/1/Notification/NotificationType = FORECASTED
                """);
        String asked = "\"Service\":\"budgets.amazonaws.com\"";
        assertThat(stack.ofType("AWS::SNS::TopicPolicy").toString()).contains(asked);
        assertThat(stack.properties("Key").toString()).contains(asked);
        assertThat(Synthesized.prod().template().toString()).doesNotContain(asked);
    }

    @ParameterizedTest
    @CsvSource({"rest, Api", "http, HttpApi"})
    void aCanaryAsksTheApiAndDoesNotHideThatTheSiteIsDown(String entrance, String api) {
        Synthesized stack = with("canary=true entrance=" + entrance);
        stack.assertProperties(
                """
                Canary/Handler = dev.freshet.functions.CanaryHandler
                Canary/Environment/Variables/FRESHET_CANARY_KEY_ARN = CanaryKey
                CanaryEveryFiveMinutes/ScheduleExpression = rate(5 minutes)
                CanaryEveryFiveMinutes/Targets/0/Arn = Canary
                CanaryFailsAlarm/MetricName = CanaryFailed
                CanaryFailsAlarm/TreatMissingData = breaching
                NonePassedAlarm/Threshold = 2
                """);
        assertThat(stack.variable("Canary", "FRESHET_CANARY_URL")).contains('"' + api + '"');
        assertThat(stack.properties("SiteDown").toString()).doesNotContain("CanaryFailsAlarm");
    }

    @Test
    void concurrencyIsReservedForTheReadersOfAllShardsAndTheApiIsBounded() {
        with("eventShardsMax=8 apiConcurrency=300")
                .assertProperties(
                        """
                        Features/ReservedConcurrentExecutions = 16
                        Train/ReservedConcurrentExecutions = 2
                        Recommend/ReservedConcurrentExecutions = 300
                        Collect/ReservedConcurrentExecutions = 300
                        Authorize/ReservedConcurrentExecutions =
                        """);
    }

    @ParameterizedTest
    @CsvSource({"rest, Api, AWS::ApiGateway::Stage", "http, HttpApi, AWS::ApiGatewayV2::Stage"})
    void aDomainIsInFrontOfTheApiOnceThatHasItsStage(String entrance, String api, String stage) {
        Synthesized stack = with(DOMAIN + " entrance=" + entrance);
        stack.assertProperties(
                """
                ApiDomain/DomainName = api.example.org
                ApiDomain/DomainNameConfigurations/0/CertificateArn = %s
                ApiDomain/DomainNameConfigurations/0/SecurityPolicy = TLS_1_2
                ApiDomainMapping/ApiId = %s
                ApiDomainMapping/DomainName = ApiDomain
                """
                        .formatted(CERTIFICATE, api));
        assertThat(new TemplateGraph(stack.template()).before("ApiDomainMapping"))
                .containsAll(stack.ofType(stage).keySet());
        assertThat(stack.template().path("Outputs").toString())
                .contains("\"https://api.example.org/\"", "\"RegionalDomainName\"");
    }

    @Test
    void pagesHaveTheDomainThemselves() {
        Synthesized stack = with(DOMAIN + " site=true");
        String at = "SiteDistribution/DistributionConfig/";
        stack.assertProperties(at + "Aliases/0 = api.example.org");
        stack.assertProperties(at + "ViewerCertificate/AcmCertificateArn = " + CERTIFICATE);
        stack.assertProperties(at + "ViewerCertificate/MinimumProtocolVersion = TLSv1.2_2021");
        assertThat(stack.ofType("AWS::ApiGatewayV2::DomainName")).isEmpty();
        assertThat(stack.template().at("/Outputs/SiteUrl/Value").asText())
                .isEqualTo("https://api.example.org/");
        assertThat(stack.hasOutput("DomainTarget")).isTrue();
    }

    @Test
    void aDomainNeedsACertificateAndPagesOneThatCloudFrontFinds() {
        String elsewhere = DOMAIN.replace("us-east-1", "eu-west-1");
        assertThat(StackSettings.of(given(elsewhere)).given()).hasSize(2);
        for (String refused : new String[] {"domain=a.io", elsewhere + " site=true"}) {
            assertThatThrownBy(() -> StackSettings.of(given(refused)))
                    .hasMessageContaining("certificateArn must name the certificate of domain");
        }
    }

    @Test
    void peopleSeeWithoutReadingRecordsAndActOnAlarms() {
        Synthesized stack = with("stage=prod operators=true lake=true signedApi=true");
        assertThat(stack.properties("ReadOnlyPolicy").toString())
                .contains("cloudwatch:DescribeAlarms", "logs:FilterLogEvents", "\"ApiLog\"")
                .contains("\"SignedApiLog\"", "\"LakeDeliveryLog\"", "\"CompactLog\"")
                .doesNotContain("GetObject", "dynamodb:", "secretsmanager", "kms:");
        assertThat(stack.properties("OnCallPolicy").toString())
                .contains("lambda:UpdateEventSourceMapping", "events:EnableRule", "kms:Decrypt")
                .contains("\"CompactEveryHour\"", "LakeEachNight", "/aws/lambda/*", "/settled/*")
                .doesNotContain("dynamodb:", "secretsmanager", "DecreaseStream");
        assertThat(stack.hasOutput("ReadOnlyPolicyArn") && stack.hasOutput("OnCallPolicyArn"))
                .isTrue();
        assertThat(with("consumer=worker operators=true").properties("OnCallPolicy").toString())
                .doesNotContain("UpdateEventSourceMapping");
    }

    @Test
    void theAccountsRoleForLogsIsLeftAloneOnRequest() {
        Synthesized stack = with("apiLogRole=false signedApi=true");
        assertThat(stack.template().toString())
                .doesNotContain("AWS::ApiGateway::Account", "PushToCloudWatchLogs");
        assertThat(stack.ofType("AWS::ApiGateway::Stage").values())
                .hasSize(2)
                .allMatch(stage -> stage.has("AccessLogSetting"));
    }

    /** Its secret, metric, alarm and requests, in $ a month. */
    @Test
    void whatACanaryCostsIdleIsInTheBill() {
        assertThat(idle("canary=true") - idle("stage=dev")).isBetween(0.80, 0.90);
    }

    @ParameterizedTest
    @ValueSource(strings = {"budget=9", "apiConcurrency=9", "operators=true"})
    void anOptionThatCostsNothingIsNotInTheBill(String option) {
        assertThat(idle(option)).isEqualTo(idle("stage=dev"));
        assertThat(idle(DOMAIN + " apiLogRole=false")).isEqualTo(idle("stage=dev"));
    }

    private static double idle(String options) {
        StackTemplate template = new StackTemplate(with(options).template());
        return new CostModel(template, MeasuredUnits.load(), PriceList.load()).idle().total();
    }
}
