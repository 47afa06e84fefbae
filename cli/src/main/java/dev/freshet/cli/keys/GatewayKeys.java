package dev.freshet.cli.keys;

import dev.freshet.access.AccessKey;
import dev.freshet.cli.keys.AccessKeyService.UsageKeys;
import dev.freshet.console.CommandException;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.ConflictException;
import software.amazon.awssdk.services.apigateway.model.NotFoundException;

/**
 * The API keys of API Gateway, one for each key: its name is {@code freshet-} and the id of the
 * key, its value is the usage key, and it belongs to the usage plan of the key's kind. An account
 * may have 10,000 API keys in a region.
 *
 * @param plans returns the id of the usage plan for a key
 */
record GatewayKeys(ApiGatewayClient gateway, Function<AccessKey, String> plans)
        implements UsageKeys {
    static String name(AccessKey key) {
        return "freshet-" + key.keyId();
    }

    @Override
    public void add(AccessKey key) {
        String plan = plans.apply(key);
        try {
            String id = found(key).stream().findFirst().map(ApiKey::id).orElseGet(() -> made(key));
            gateway.createUsagePlanKey(
                    request -> request.usagePlanId(plan).keyId(id).keyType("API_KEY"));
        } catch (ConflictException tied) {
            // it is in the plan already
        } catch (SdkException unanswered) {
            throw new CommandException(
                    unanswered,
                    "API Gateway refused the API key, so no key was created: %s",
                    unanswered.getMessage());
        }
    }

    private String made(AccessKey key) {
        return gateway.createApiKey(
                        request -> request.name(name(key)).value(key.usageKey()).enabled(true))
                .id();
    }

    @Override
    public void remove(AccessKey key) {
        try {
            for (ApiKey each : found(key)) {
                gateway.deleteApiKey(request -> request.apiKey(each.id()));
            }
        } catch (NotFoundException gone) {
            // another was faster
        } catch (SdkException unanswered) {
            throw new CommandException(
                    unanswered,
                    "The key is revoked, but API Gateway did not remove its API key: %s Run the command again.",
                    unanswered.getMessage());
        }
    }

    @Override
    public void close() {
        gateway.close();
    }

    private List<ApiKey> found(AccessKey key) {
        return gateway
                .getApiKeys(request -> request.nameQuery(name(key)).includeValues(false))
                .items()
                .stream()
                .filter(each -> each.name().equals(name(key)))
                .toList();
    }
}
