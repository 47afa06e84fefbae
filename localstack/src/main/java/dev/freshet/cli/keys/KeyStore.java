package dev.freshet.cli.keys;

import dev.freshet.access.Signer;
import dev.freshet.aws.Clients;
import dev.freshet.aws.MissingSettingException;
import dev.freshet.aws.Secrets;
import dev.freshet.aws.Settings;
import dev.freshet.aws.dynamodb.DynamodbAccessKeys;
import dev.freshet.cli.CommandException;
import dev.freshet.store.StoreUnavailableException;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;

/** The keys of one deployment, opened for one command. */
final class KeyStore implements AutoCloseable {

    private final Settings settings;
    private final Clients clients;
    private final Optional<ApiGatewayClient> gateway;
    private final AccessKeyService keys;

    /** Work on the keys. */
    interface Work {
        int on(KeyStore store) throws InterruptedException;
    }

    private KeyStore(KeyStoreOptions options) {
        InstantSource clock = InstantSource.system();
        this.settings = options.settings();
        this.clients = new Clients(settings);
        this.gateway =
                options.deployed()
                        ? Optional.of(
                                ApiGatewayClient.builder()
                                        .httpClientBuilder(Apache5HttpClient.builder())
                                        .build())
                        : Optional.empty();
        UsageKeys usage =
                gateway.<UsageKeys>map(
                                client ->
                                        new GatewayKeys(
                                                client,
                                                key ->
                                                        options.usagePlan()
                                                                .orElseThrow(
                                                                        KeyStore::planIsMissing)))
                        .orElse(UsageKeys.NOWHERE);
        this.keys =
                new AccessKeyService(
                        new DynamodbAccessKeys(
                                clients.enhancedDynamoDb(), settings.keysTable(), clock),
                        usage,
                        clock);
    }

    private static CommandException planIsMissing() {
        return new CommandException(
                "Name the usage plan of this kind of key with --usage-plan: the stack's outputs tell"
                        + " it.");
    }

    /**
     * Opens, works, closes.
     *
     * @throws CommandException when a name is missing or a store does not answer
     */
    static int with(KeyStoreOptions options, Work work) throws InterruptedException {
        try (KeyStore store = new KeyStore(options)) {
            return work.on(store);
        } catch (MissingSettingException missing) {
            throw new CommandException(String.valueOf(missing.getMessage()), missing);
        } catch (StoreUnavailableException unanswered) {
            throw new CommandException(
                    unanswered.getMessage() + " Run the command again; see 'keys list' first.",
                    unanswered);
        }
    }

    AccessKeyService keys() {
        return keys;
    }

    /** Signs with the stack's secret. */
    Signer stack() {
        return new Signer(new Secrets(settings, clients).secret());
    }

    /** What user tokens name as their audience. */
    String audience() {
        return settings.audience();
    }

    @Override
    public void close() {
        gateway.ifPresent(ApiGatewayClient::close);
        clients.close();
    }
}
