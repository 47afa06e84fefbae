package dev.freshet.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.aws.Settings.MissingSettingException;
import dev.freshet.aws.Settings.Service;
import dev.freshet.aws.option.OptionValues.EmbedderChoice;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.ranking.Strategy;
import dev.freshet.store.RetentionPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void aMissingSettingIsNamedWithWhatToDo() {
        assertThatThrownBy(() -> Settings.from(Map.of()).text(Setting.EVENTS_STREAM))
                .isInstanceOf(MissingSettingException.class)
                .hasMessageContaining("FRESHET_EVENTS_STREAM is not set")
                .hasMessageContaining("Kinesis stream of events")
                .hasMessageContaining("deploy again");
    }

    @Test
    void aBlankSettingIsMissingAndSpacesDoNotMatter() {
        Settings settings =
                Settings.from(
                        Map.of("FRESHET_USERS_TABLE", "  ", "FRESHET_ITEMS_TABLE", " items "));
        assertThatThrownBy(() -> settings.text(Setting.USERS_TABLE))
                .isInstanceOf(MissingSettingException.class);
        assertThat(settings.text(Setting.ITEMS_TABLE)).isEqualTo("items");
    }

    @Test
    void anEndpointOfTheServiceGoesBeforeTheCommonOne() {
        Settings settings =
                Settings.from(
                        Map.of(
                                "AWS_ENDPOINT_URL", "http://127.0.0.1:1",
                                "AWS_ENDPOINT_URL_S3", "http://127.0.0.1:2"));
        assertThat(settings.endpoint(Service.S3)).contains(URI.create("http://127.0.0.1:2"));
        assertThat(settings.endpoint(Service.KINESIS)).contains(URI.create("http://127.0.0.1:1"));
        assertThat(Settings.from(Map.of()).endpoint(Service.DYNAMODB)).isEmpty();
    }

    @Test
    void aModelIdIsPartOfKeysAndSoIsPlain() {
        assertThat(Settings.from(Map.of("FRESHET_MODEL_ID", "main")).modelId()).isEqualTo("main");
        assertThatThrownBy(() -> Settings.from(Map.of("FRESHET_MODEL_ID", "a#b")).modelId())
                .hasMessageContaining("FRESHET_MODEL_ID must be");
    }

    @Test
    void anAudienceIsTheStagesUnlessSaid() {
        assertThat(Settings.from(Map.of("FRESHET_STAGE", "prod")).audience())
                .isEqualTo("freshet-prod");
        assertThat(Settings.from(Map.of("FRESHET_AUDIENCE", "shop")).audience()).isEqualTo("shop");
    }

    @Test
    void anOptionHasItsDefaultWhereItsVariableIsNotSet() {
        assertThat(Settings.from(Map.of()).get(StackOptions.ANONYMOUS_PREFIX)).isEqualTo("anon-");
        assertThat(
                        Settings.from(Map.of("FRESHET_ANONYMOUS_PREFIX", "v:"))
                                .get(StackOptions.ANONYMOUS_PREFIX))
                .isEqualTo("v:");
        assertThat(Settings.from(Map.of()).get(StackOptions.BLEND)).isEqualTo(Strategy.USUAL);
        assertThat(Settings.from(Map.of()).find(StackOptions.STRENGTHS)).isEmpty();
        assertThat(Settings.from(Map.of()).embedder()).isEqualTo(EmbedderChoice.NONE);
    }

    @Test
    void anOptionIsCheckedAgainWhenItIsRead() {
        Settings settings =
                Settings.from(Map.of("FRESHET_ANONYMOUS_PREFIX", "a b", "FRESHET_BLEND", "shaken"));
        assertThatThrownBy(() -> settings.get(StackOptions.ANONYMOUS_PREFIX))
                .isInstanceOf(MissingSettingException.class)
                .hasMessageContaining("FRESHET_ANONYMOUS_PREFIX must be");
        assertThatThrownBy(() -> settings.find(StackOptions.BLEND))
                .hasMessageContaining("FRESHET_BLEND must be stacking, weighted or switching");
        assertThatThrownBy(() -> Settings.from(Map.of()).get(StackOptions.STRENGTHS))
                .hasMessageContaining("FRESHET_STRENGTHS is not set");
    }

    @Test
    void stageAndModelHaveNoDefaultInTheEnvironment() {
        assertThat(Settings.from(Map.of("FRESHET_STAGE", "test")).stage()).isEqualTo("test");
        assertThatThrownBy(() -> Settings.from(Map.of()).stage())
                .hasMessageContaining("FRESHET_STAGE is not set");
        assertThatThrownBy(() -> Settings.from(Map.of()).modelId())
                .hasMessageContaining("FRESHET_MODEL_ID is not set");
        assertThatThrownBy(() -> Settings.from(Map.of()).audience())
                .hasMessageContaining("FRESHET_STAGE is not set");
    }

    @Test
    void theFailoverTimeIsBounded() {
        assertThat(Settings.from(Map.of()).failover()).isEmpty();
        assertThat(Settings.from(Map.of("FRESHET_FAILOVER_MS", "500")).failover())
                .contains(Duration.ofMillis(500));
        assertThatThrownBy(() -> Settings.from(Map.of("FRESHET_FAILOVER_MS", "499")).failover())
                .hasMessageContaining("FRESHET_FAILOVER_MS must be 500 to 300000");
    }

    @Test
    void retentionIsReadAsTheStackWritesIt() {
        assertThat(Settings.from(Map.of()).retention()).isEqualTo(RetentionPolicy.DEFAULT);
        StackSettings stack = StackSettings.of(Map.of("stage", "prod", "usersDays", "30"));
        RetentionPolicy read =
                Settings.from(Map.of("FRESHET_RETENTION_DAYS", stack.retention())).retention();
        assertThat(read.period(RetentionPolicy.Kind.USERS)).isEqualTo(Duration.ofDays(30));
        assertThat(read.period(RetentionPolicy.Kind.RECOVERY)).isEqualTo(Duration.ofDays(35));
        assertThatThrownBy(
                        () -> Settings.from(Map.of("FRESHET_RETENTION_DAYS", "users")).retention())
                .hasMessageContaining("FRESHET_RETENTION_DAYS is invalid");
    }

    @Test
    void secretsDoNotShowWhenPrinted() {
        Settings settings =
                Settings.from(
                        Map.of(
                                "FRESHET_SECRET", "hush",
                                "AWS_ACCESS_KEY_ID", "id",
                                "AWS_SECRET_ACCESS_KEY", "whisper",
                                "HOME", "/home/x"));
        assertThat(settings.toString() + settings.credentials())
                .contains("FRESHET_SECRET")
                .doesNotContain("hush", "whisper", "HOME");
        assertThat(settings.variables()).doesNotContainKey("HOME");
    }
}
