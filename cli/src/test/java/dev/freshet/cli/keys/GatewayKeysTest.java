package dev.freshet.cli.keys;

import static dev.freshet.cli.CommandServer.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.AccessKey;
import dev.freshet.access.KeyGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.ConflictException;
import software.amazon.awssdk.services.apigateway.model.CreateApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.CreateApiKeyResponse;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanKeyRequest;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanKeyResponse;
import software.amazon.awssdk.services.apigateway.model.DeleteApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteApiKeyResponse;
import software.amazon.awssdk.services.apigateway.model.GetApiKeysRequest;
import software.amazon.awssdk.services.apigateway.model.GetApiKeysResponse;

class GatewayKeysTest {
    private static final AccessKey KEY =
            new KeyGenerator(new Random(7))
                    .secret("backend", Instant.parse("2026-01-01T12:00:00Z"), null)
                    .row();

    private final Fake fake = new Fake();
    private final GatewayKeys gateway = new GatewayKeys(fake, key -> "plan-1");

    @Test
    void aKeyIsMadeWithTheUsageKeyAsItsValueAndTiedToThePlan() {
        gateway.add(KEY);

        assertThat(fake.values).containsExactly(Map.entry("id-0", KEY.usageKey()));
        assertThat(fake.names).containsExactly(Map.entry("id-0", "freshet-" + KEY.keyId()));
        assertThat(fake.tied).containsExactly("plan-1/id-0");
    }

    @Test
    void theSameAgainChangesNothing() {
        gateway.add(KEY);
        gateway.add(KEY);

        assertThat(fake.values).hasSize(1);
        assertThat(fake.tied).containsExactly("plan-1/id-0");
    }

    @Test
    void whatWasCutShortBetweenTheTwoIsFinishedByTheNext() {
        fake.tieFails = true;
        assertRefused(() -> gateway.add(KEY));
        fake.tieFails = false;

        gateway.add(KEY);

        assertThat(fake.values).hasSize(1);
        assertThat(fake.tied).containsExactly("plan-1/id-0");
    }

    @Test
    void aRemovedKeyIsGoneAndOthersStay() {
        gateway.add(KEY);
        fake.names.put("other", "freshet-" + KEY.keyId() + "x");

        gateway.remove(KEY);
        gateway.remove(KEY);

        assertThat(fake.names).containsOnlyKeys("other");
    }

    /** API Gateway as far as keys go. */
    private static final class Fake implements ApiGatewayClient {
        private final Map<String, String> names = new LinkedHashMap<>();
        private final Map<String, String> values = new LinkedHashMap<>();
        private final List<String> tied = new ArrayList<>();
        private boolean tieFails;

        @Override
        public GetApiKeysResponse getApiKeys(Consumer<GetApiKeysRequest.Builder> request) {
            GetApiKeysRequest asked = GetApiKeysRequest.builder().applyMutation(request).build();
            return GetApiKeysResponse.builder()
                    .items(
                            names.entrySet().stream()
                                    .filter(each -> each.getValue().startsWith(asked.nameQuery()))
                                    .map(
                                            each ->
                                                    ApiKey.builder()
                                                            .id(each.getKey())
                                                            .name(each.getValue())
                                                            .build())
                                    .toList())
                    .build();
        }

        @Override
        public CreateApiKeyResponse createApiKey(Consumer<CreateApiKeyRequest.Builder> request) {
            CreateApiKeyRequest asked =
                    CreateApiKeyRequest.builder().applyMutation(request).build();
            String id = "id-" + names.size();
            names.put(id, asked.name());
            values.put(id, asked.value());
            return CreateApiKeyResponse.builder().id(id).build();
        }

        @Override
        public CreateUsagePlanKeyResponse createUsagePlanKey(
                Consumer<CreateUsagePlanKeyRequest.Builder> request) {
            if (tieFails) {
                throw SdkClientException.create("no answer");
            }
            CreateUsagePlanKeyRequest asked =
                    CreateUsagePlanKeyRequest.builder().applyMutation(request).build();
            String tie = asked.usagePlanId() + "/" + asked.keyId();
            if (tied.contains(tie)) {
                throw ConflictException.builder().message("tied already").build();
            }
            tied.add(tie);
            return CreateUsagePlanKeyResponse.builder().build();
        }

        @Override
        public DeleteApiKeyResponse deleteApiKey(Consumer<DeleteApiKeyRequest.Builder> request) {
            names.remove(DeleteApiKeyRequest.builder().applyMutation(request).build().apiKey());
            return DeleteApiKeyResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "apigateway";
        }

        @Override
        public void close() {}
    }
}
