package dev.freshet.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.aws.FakeService.Answer;
import dev.freshet.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretsTest {
    private static final String LONG = "0123456789abcdef0123456789abcdef";

    @Test
    void theLiteralSecretIsRead() {
        assertThat(secrets(Map.of("FRESHET_SECRET", LONG)).secret())
                .isEqualTo(LONG.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aMissingOrShortSecretIsReportedByName() {
        assertThatThrownBy(() -> secrets(Map.of()).secret())
                .hasMessageContaining("FRESHET_SECRET_ARN is not set");
        assertThatThrownBy(() -> secrets(Map.of("FRESHET_SECRET", "short")).secret())
                .hasMessageContaining("fewer than 32 characters");
    }

    @Test
    void theSecretIsFetchedOnceUntilItIsForgotten() {
        String body = "{\"SecretString\":\"" + LONG + "\"}";
        try (FakeService manager = new FakeService(request -> Answer.ok(body))) {
            Secrets secrets = managedAt(manager.address());
            secrets.secret()[0] = 'x';
            assertThat(secrets.secret()).isEqualTo(LONG.getBytes(StandardCharsets.UTF_8));
            assertThat(manager.requests()).hasSize(1);

            secrets.forget();
            secrets.secret();
            assertThat(manager.requests()).hasSize(2);
        }
    }

    @Test
    void aManagerThatDoesNotAnswerIsUnavailable() {
        assertThatThrownBy(managedAt("http://127.0.0.1:1")::secret)
                .isInstanceOf(StoreUnavailableException.class);
    }

    private static Secrets managedAt(String endpoint) {
        return secrets(
                Map.of(
                        "FRESHET_SECRET_ARN",
                        "arn:aws:secretsmanager:x:1:secret:s",
                        "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                        endpoint));
    }

    private static Secrets secrets(Map<String, String> environment) {
        Settings settings = Settings.from(environment);
        return new Secrets(settings, new Clients(settings));
    }
}
