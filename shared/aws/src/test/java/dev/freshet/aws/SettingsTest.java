package dev.freshet.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.aws.Settings.Service;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void aMissingSettingIsNamedWithWhatToDo() {
        assertThatThrownBy(() -> Settings.from(Map.of()).eventsStream())
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
        assertThatThrownBy(settings::usersTable).isInstanceOf(MissingSettingException.class);
        assertThat(settings.itemsTable()).isEqualTo("items");
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
    void anAnonymousPrefixIsNeverEmpty() {
        assertThat(Settings.from(Map.of()).anonymousPrefix()).isEqualTo("anon-");
        assertThat(Settings.from(Map.of("FRESHET_ANONYMOUS_PREFIX", "v:")).anonymousPrefix())
                .isEqualTo("v:");
        assertThatThrownBy(
                        () ->
                                Settings.from(Map.of("FRESHET_ANONYMOUS_PREFIX", "a b"))
                                        .anonymousPrefix())
                .hasMessageContaining("FRESHET_ANONYMOUS_PREFIX must be");
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
