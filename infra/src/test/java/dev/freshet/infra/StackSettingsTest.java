package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.aws.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

class StackSettingsTest {
    private static StackSettings from(Map<String, Object> context) {
        return StackSettings.from(new App(AppProps.builder().context(context).build()).getNode());
    }

    @Test
    void withoutContextItIsASmallStackForTryingThings() {
        assertThat(from(Map.of()))
                .isEqualTo(
                        new StackSettings(
                                Stage.DEV,
                                "main",
                                "freshet-dev",
                                1,
                                false,
                                1_000,
                                2_000,
                                Optional.empty(),
                                EmbedderChoice.MINILM,
                                Optional.empty(),
                                Optional.empty(),
                                ConsumerChoice.FUNCTIONS,
                                1,
                                new AccessSettings(
                                        60,
                                        "freshet-dev",
                                        "anon-",
                                        new AccessSettings.Pace(500, 1_000),
                                        new AccessSettings.Pace(1_000, 2_000),
                                        false,
                                        false,
                                        20_000),
                                new ProtectionSettings(false, true, false, false, 7),
                                new RetentionSettings(90, 400, 30, 0, 14, 14, 0),
                                false));
    }

    @Test
    void howLongEachStoreKeepsWhatItHoldsIsTheOwnersToSay() {
        assertThat(from(Map.of("stage", "prod")).retention().text())
                .isEqualTo(
                        "interactions=90,items=0,model=14,quarantine=90,recovery=35,trends=30,users=400");
        assertThat(from(Map.of("interactionsDays", "30", "itemsDays", 7)).retention())
                .isEqualTo(new RetentionSettings(30, 400, 30, 7, 14, 14, 0));
        assertThatThrownBy(() -> from(Map.of("modelDays", "7")))
                .hasMessageContaining("modelDays must be 8 to 365 days, not '7'");
    }

    @Test
    void textFromTheCommandLineIsReadAsWhatItMeans() {
        StackSettings settings =
                from(
                        Map.of(
                                "stage",
                                "prod",
                                "modelId",
                                "news-1",
                                "eventShards",
                                "4",
                                "fanOut",
                                "true",
                                "alarmEmail",
                                "a@b.example"));
        assertThat(settings.stage()).isEqualTo(Stage.PROD);
        assertThat(settings.stackName()).isEqualTo("freshet-prod");
        assertThat(settings.modelId()).isEqualTo("news-1");
        assertThat(settings.eventShards()).isEqualTo(4);
        assertThat(settings.fanOut()).isTrue();
        assertThat(settings.alarmEmail()).contains("a@b.example");
    }

    @Test
    void inProdAStackIsGuardedUnlessItsOwnerSaysOtherwise() {
        assertThat(from(Map.of("stage", "prod")).protection())
                .isEqualTo(new ProtectionSettings(true, true, true, true, 90));
        assertThat(
                        from(Map.of(
                                        "stage",
                                        "prod",
                                        "customerKey",
                                        "false",
                                        "tracing",
                                        "false",
                                        "protection",
                                        "false",
                                        "objectLogs",
                                        "false",
                                        "logDays",
                                        "365"))
                                .protection())
                .isEqualTo(new ProtectionSettings(false, false, false, false, 365));
    }

    @Test
    void aSecretKeyMayAskAsMuchAsTheStackTakesUnlessItsOwnerSaysOtherwise() {
        assertThat(from(Map.of("requestRate", "50", "requestBurst", "60")).entrance().secret())
                .isEqualTo(new AccessSettings.Pace(50, 60));
        assertThat(from(Map.of("requestRate", "50", "secretRate", "7")).entrance().secret().rate())
                .isEqualTo(7);
    }

    @Test
    void everyEmbedderIsOneThatTheFunctionsKnow() {
        assertThat(EmbedderChoice.values())
                .extracting(EmbedderChoice::wireName)
                .containsExactlyElementsOf(
                        Stream.of(Settings.EmbedderChoice.values())
                                .map(Settings.EmbedderChoice::wireName)
                                .toList());
    }

    @Test
    void theWorkerIsNotPushedRecords() {
        assertThatThrownBy(() -> from(Map.of("consumer", "worker", "fanOut", "true")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fanOut");
    }

    @ParameterizedTest
    @CsvSource({
        "stage, staging",
        "modelId, a/b",
        "stackName, 1st",
        "eventShards, 0",
        "eventShards, many",
        "fanOut, yes",
        "requestRate, 0",
        "requestBurst, 5001",
        "alarmEmail, nobody",
        "embedder, word2vec",
        "strengths, like=3",
        "blend, shaken",
        "consumer, nobody",
        "workers, 0",
        "accessCacheSeconds, 3601",
        "audience, a b",
        "anonymousPrefix, ?",
        "publishableRate, 0",
        "publishableBurst, 5001",
        "secretRate, 10001",
        "secretBurst, 0",
        "signedApi, yes",
        "waf, yes",
        "wafRate, 99",
        "customerKey, maybe",
        "tracing, 1",
        "protection, no",
        "objectLogs, yes",
        "logDays, 8",
        "logDays, long"
    })
    void aSettingThatMakesNoSenseIsRefusedByName(String name, String value) {
        assertThatThrownBy(() -> from(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }
}
