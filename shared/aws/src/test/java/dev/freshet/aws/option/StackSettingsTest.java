package dev.freshet.aws.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.aws.option.OptionValues.OwnKey;
import dev.freshet.aws.option.OptionValues.Stage;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StackSettingsTest {
    @Test
    void withoutOptionsItIsASmallStackForTryingThings() {
        StackSettings settings = StackSettings.of(Map.of());
        Map<String, String> texts = new TreeMap<>();
        for (StackOption<?> option : StackOptions.all()) {
            settings.find(option)
                    .ifPresent(value -> texts.put(option.name(), settings.text(option)));
        }
        assertThat(texts)
                .hasToString(
                        """
                        {accessCacheSeconds=60, alarms=essential, anonymousIdsPerRequest=2, \
                        anonymousPrefix=anon-, anonymousWaitSeconds=60, apiLogRole=true, audience=freshet-dev, \
                        batch=false, batchCpus=32, batchRuns=weekly, blend=stacking, bulk=false, \
                        canary=false, catalogue=closed, clickWindowHours=24, cloudFrontCountry=false, \
                        consumer=functions, conversionTypes=purchase,submit, customerKey=false, deployment=once, \
                        embedder=minilm, entrance=rest, eventShards=1, eventShardsMax=0, \
                        experimentsSignedInOnly=false, exploration=0, exposuresDays=30, fanOut=false, frequencyCap=4, \
                        frequencyCapHours=24, freshnessAlarmMs=2000, interactionsDays=90, interestAttributes=interests, \
                        itemsDays=0, kAnonymity=3, lake=false, lakeDays=400, lakePurge=weekly, \
                        lakeScanGb=100, logDays=7, modelDays=14, modelId=main, newestCopies=1, \
                        objectLogs=false, operators=false, outcomesDays=400, protection=false, pseudonymiseIds=false, \
                        publicAttributes=imageUrl,url,price, publishableAmounts=false, \
                        publishableBurst=1000, publishableRate=500, quarantineDays=14, \
                        requestBurst=2000, requestRate=1000, secretBurst=2000, secretRate=1000, signedApi=false, site=false, \
                        snapStart=true, stackName=freshet-dev, stage=dev, streamRetention=day, \
                        tracing=false, trendsDays=30, usersDays=400, viewThroughHours=0, waf=false, \
                        wafRate=20000, workers=1}""");
    }

    @Test
    void valuesHaveTheTypesOfTheirOptions() {
        StackSettings settings =
                StackSettings.of(
                        Map.of(
                                "stage", "prod",
                                "modelId", "news-1",
                                "eventShards", "4",
                                "fanOut", "true",
                                "alarmEmail", "a@b.example"));
        assertThat(settings.get(StackOptions.STAGE)).isEqualTo(Stage.PROD);
        assertThat(settings.get(StackOptions.STACK_NAME)).isEqualTo("freshet-prod");
        assertThat(settings.get(StackOptions.MODEL_ID)).isEqualTo("news-1");
        assertThat(settings.get(StackOptions.EVENT_SHARDS)).isEqualTo(4);
        assertThat(settings.get(StackOptions.FAN_OUT)).isTrue();
        assertThat(settings.find(StackOptions.ALARM_EMAIL)).contains("a@b.example");
        assertThat(settings.find(StackOptions.STRENGTHS)).isEmpty();
    }

    private static final String TYPES = "{\"try-on\":{\"slot\":1,\"strength\":3}}";

    @Test
    void optionsThatNameEventTypesKnowThoseOfTheOwner() {
        StackSettings settings =
                StackSettings.of(
                        Map.of(
                                "eventTypes", TYPES,
                                "strengths", "{\"try-on\":4,\"view\":0.5}",
                                "conversionTypes", "purchase,try-on"));
        assertThat(settings.get(StackOptions.CONVERSION_TYPES)).isEqualTo("purchase,try-on");
        assertThat(settings.environment(StackFunction.FEATURES))
                .containsEntry("FRESHET_EVENT_TYPES", TYPES);
    }

    private static Map<String, String> options(String words) {
        return Stream.of(words.split(" ", -1))
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '!',
            textBlock =
                    """
                    conversionTypes=purchase,try-on                | conversionTypes must be types of events other than impression and click, separated by commas, not 'purchase,try-on'.
                    strengths={"try-on":4}                         | strengths: Strengths name an unknown event type: try-on.
                    eventTypes={"cart":{"slot":1,"strength":3}}    | eventTypes: There is an event type cart already; give yours another name.
                    modelDays=7                                    | modelDays must be 8 to 365 days, not '7'.
                    exploration=101                                | exploration must be 0 to 100, or up to 20 placements with such a number each, like home=15,article=5, not '101'.
                    secretArn=arn:aws:secretsmanager:eu-west-1:123456789012:secret:mine | secretArn must be the whole ARN of a secret, not 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:mine'.
                    secretArn=arn:aws:secretsmanager:eu-west-1:123456789012:secret:mine | secretArn must be the whole ARN of a secret, not 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:mine'.
                    consumer=worker fanOut=true                    | fanOut must be false when consumer is worker: only functions use enhanced fan-out.
                    """)
    void whatIsNotAllowedIsRefusedInASentenceBeforeItIsDeployed(String given, String sentence) {
        assertThatThrownBy(() -> StackSettings.of(options(given)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    @Test
    void optionsThatDoNotFitIntoAnEnvironmentTogetherAreRefusedByName() {
        Map<String, String> longest = new TreeMap<>();
        for (StackOption<?> option :
                List.of(
                        StackOptions.PLACEMENTS,
                        StackOptions.EXPLORATION,
                        StackOptions.REASON_TEXTS)) {
            longest.put(option.name(), longest(option.type()));
            assertThat(StackSettings.of(Map.of(option.name(), longest.get(option.name()))).given())
                    .hasSize(1);
        }

        assertThatThrownBy(() -> StackSettings.of(longest))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "The options of the function Recommend take 3,[0-9]{3} bytes of its environment, of which"
                                + " Lambda leaves 2,815 beside names of resources\\. Shorten the longest: exploration"
                                + " \\(1381\\), placements \\(991\\), reasonTexts \\([0-9]{3}\\), .*");
    }

    private static <T> String longest(OptionType<T> type) {
        return type.borders().stream()
                .map(type::write)
                .max(Comparator.comparingInt(String::length))
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    blend=weighted      | FRESHET_BLEND       | weighted
                    blend=weighted      | FRESHET_EXPLORATION |
                    audience=shop       | FRESHET_AUDIENCE    |
                    exploration=15      | FRESHET_EXPLORATION | 15
                    exploration=home=15,5 | FRESHET_EXPLORATION | 5,home=15
                    """)
    void anOptionReachesTheFunctionThatRanks(
            String given, String variable, @Nullable String value) {
        assertThat(
                        StackSettings.of(options(given))
                                .environment(StackFunction.RECOMMEND)
                                .get(variable))
                .isEqualTo(value);
    }

    @Test
    void inProdAStackIsProtectedUnlessItsOwnerSaysOtherwise() {
        StackSettings prod = StackSettings.of(Map.of("stage", "prod"));
        assertThat(prod.get(StackOptions.CUSTOMER_KEY)).isEqualTo(OwnKey.TRUE);
        assertThat(prod.get(StackOptions.PROTECTION)).isTrue();
        assertThat(prod.get(StackOptions.OBJECT_LOGS)).isTrue();
        assertThat(prod.get(StackOptions.LOG_DAYS)).isEqualTo(90);
        StackSettings open =
                StackSettings.of(Map.of("stage", "prod", "protection", "false", "logDays", "365"));
        assertThat(open.get(StackOptions.PROTECTION)).isFalse();
        assertThat(open.get(StackOptions.CUSTOMER_KEY)).isEqualTo(OwnKey.TRUE);
        assertThat(open.get(StackOptions.LOG_DAYS)).isEqualTo(365);
    }

    @Test
    void aSecretKeyMayAskAsMuchAsTheStackTakesUnlessItsOwnerSaysOtherwise() {
        StackSettings settings =
                StackSettings.of(
                        Map.of("requestRate", "50", "requestBurst", "60", "secretBurst", "7"));
        assertThat(settings.get(StackOptions.SECRET_RATE)).isEqualTo(50);
        assertThat(settings.get(StackOptions.SECRET_BURST)).isEqualTo(7);
    }

    @Test
    void retentionIsWrittenForTheFunctions() {
        assertThat(StackSettings.of(Map.of("stage", "prod", "usersDays", "100")).retention())
                .isEqualTo(
                        "bulk=0,exposures=30,interactions=90,items=0,model=14,outcomes=400,quarantine=90,recovery=35,"
                                + "trends=30,users=100");
        assertThat(StackSettings.of(Map.of("itemsDays", "7")).retention())
                .contains("items=7")
                .contains("quarantine=14")
                .contains("recovery=0");
        assertThat(StackSettings.of(Map.of("bulk", "true")).retention()).contains("bulk=3,");
        assertThat(StackSettings.of(Map.of("bulk", "true", "stage", "prod")).retention())
                .as("with versions")
                .contains("bulk=6,");
    }

    @Test
    void aFunctionReceivesTheVariablesOfItsOptions() {
        assertThat(StackSettings.of(Map.of()).environment(StackFunction.RECOMMEND))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "FRESHET_STACK", "freshet-dev",
                                "FRESHET_STAGE", "dev",
                                "FRESHET_MODEL_ID", "main",
                                "FRESHET_ANONYMOUS_PREFIX", "anon-",
                                "FRESHET_CATALOGUE", "closed",
                                "FRESHET_CLOUDFRONT_COUNTRY", "false",
                                "FRESHET_NEWEST_COPIES", "1"));
    }

    @ParameterizedTest
    @CsvSource({
        "stge, stage",
        "Stage, stage",
        "stagee, stage",
        "satge, stage",
        "alarm-email, alarmEmail",
        "alarmMail, alarmEmail",
        "pseudonymizeIds, pseudonymiseIds",
        "model_id, modelId",
        "logdays, logDays",
    })
    void anUnknownOptionIsRefusedWithTheNearestKnownOne(String unknown, String nearest) {
        assertThatThrownBy(() -> StackSettings.of(Map.of(unknown, "prod")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "Unknown option '" + unknown + "'. Did you mean '" + nearest + "'?");
    }

    static Stream<String> refused() {
        return """
               stage=staging | modelId=a/b | stackName=1st | eventShards=0
               eventShards=many | eventShards=-1 | eventShards=9999999999 | fanOut=yes
               requestRate=0 | requestBurst=5001 | alarmEmail=nobody | embedder=word2vec
               strengths=like=3 | blend=shaken | consumer=nobody | workers=0
               accessCacheSeconds=3601 | audience=a b | anonymousPrefix=?
               publishableRate=0 | publishableBurst=5001 | secretRate=10001 | secretBurst=0
               signedApi=yes | waf=yes | wafRate=99 | customerKey=maybe | tracing=1
               protection=no | objectLogs=yes | logDays=8 | logDays=long
               interactionsDays=0 | usersDays=3651 | trendsDays=0 | exposuresDays=7
               outcomesDays=9 | clickWindowHours=0 | clickWindowHours=169
               conversionTypes=buying | conversionTypes=click | eventTypes=cart
               objective=purchase | objective=purchase = 5 | eventProperties=a,a
               eventProperties=a b | viewThroughHours=-1 | itemsDays=3651
               quarantineDays=366 | pseudonymiseIds=yes
               """
                .lines()
                .flatMap(line -> Stream.of(line.split(" [|] ", -1)));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aValueThatIsNotAllowedIsRefusedByName(String option) {
        String[] parts = option.split("=", 2);
        assertThatThrownBy(() -> StackSettings.of(Map.of(parts[0], parts[1])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(parts[0] + " must be ")
                .hasMessageEndingWith(", not '" + parts[1] + "'.");
    }
}
