package dev.freshet.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.freshet.store.StoreUnavailableException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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
    void theSecretIsFetchedOnceUntilItIsForgotten() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HttpServer manager =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        manager.createContext(
                "/",
                exchange -> {
                    calls.incrementAndGet();
                    byte[] answer =
                            ("{\"SecretString\":\"" + LONG + "\"}")
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        manager.start();
        try {
            String endpoint = "http://127.0.0.1:" + manager.getAddress().getPort();
            Secrets secrets =
                    secrets(
                            Map.of(
                                    "FRESHET_SECRET_ARN",
                                    "arn:aws:secretsmanager:x:1:secret:s",
                                    "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                                    endpoint));
            secrets.secret()[0] = 'x';
            assertThat(secrets.secret()).isEqualTo(LONG.getBytes(StandardCharsets.UTF_8));
            assertThat(calls).hasValue(1);
            secrets.forget();
            secrets.secret();
            assertThat(calls).hasValue(2);
        } finally {
            manager.stop(0);
        }
    }

    @Test
    void aManagerThatDoesNotAnswerIsUnavailable() {
        Secrets secrets =
                secrets(
                        Map.of(
                                "FRESHET_SECRET_ARN", "arn:aws:secretsmanager:x:1:secret:s",
                                "AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://127.0.0.1:1"));
        assertThatThrownBy(secrets::secret).isInstanceOf(StoreUnavailableException.class);
    }

    private static Secrets secrets(Map<String, String> environment) {
        Settings settings = Settings.from(environment);
        return new Secrets(settings, new Clients(settings));
    }
}
