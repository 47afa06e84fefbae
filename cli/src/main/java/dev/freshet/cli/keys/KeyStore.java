package dev.freshet.cli.keys;

import dev.freshet.access.Signer;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Secrets;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.dynamodb.DynamodbAccessKeys;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.connection.Deployment;
import dev.freshet.store.StoreUnavailableException;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;

/** The keys of one deployment, opened for the duration of one command. */
final class KeyStore implements AutoCloseable {

    private final Settings settings;
    private final Clients clients;
    private final Optional<ApiGatewayClient> gateway;
    private final AccessKeyService keys;

    /** What a command does with the keys; returns the exit code. */
    interface Work {
        int on(KeyStore store) throws InterruptedException;
    }

    private KeyStore(KeyStoreOptions options) {
        InstantSource clock = InstantSource.system();
        Deployment deployment = options.deployment();
        this.settings = deployment.settings();
        this.clients = new Clients(settings);
        this.gateway =
                deployment.local().isEmpty() && !isHttp(deployment)
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
                                                        options.usagePlan(key, deployment)
                                                                .orElseThrow(
                                                                        KeyStore::planIsMissing)))
                        .orElse(UsageKeys.NOWHERE);
        this.keys =
                new AccessKeyService(
                        new DynamodbAccessKeys(
                                clients.enhancedDynamoDb(),
                                settings.text(Setting.KEYS_TABLE),
                                clock),
                        usage,
                        clock);
    }

    /** Returns whether a stack has an HTTP API, which has no API keys and usage plans. */
    private static boolean isHttp(Deployment deployment) {
        return deployment
                .outputs()
                .flatMap(outputs -> outputs.find("Entrance"))
                .filter("http"::equals)
                .isPresent();
    }

    private static CommandException planIsMissing() {
        return new CommandException(
                "Name the stack with --stack, or the usage plan of this kind of key with --usage-plan.");
    }

    /**
     * Opens the keys, runs the work, and closes them.
     *
     * @throws CommandException when a store does not answer
     */
    static int with(KeyStoreOptions options, Work work) throws InterruptedException {
        try (KeyStore store = new KeyStore(options)) {
            return work.on(store);
        } catch (StoreUnavailableException unanswered) {
            throw new CommandException(
                    unanswered.getMessage()
                            + " See 'freshet keys list', then run the command again if it has no effect there.",
                    unanswered);
        }
    }

    /** Returns the service that changes the keys. */
    AccessKeyService keys() {
        return keys;
    }

    /** Returns a signer with the secret of the stack. */
    Signer stack() {
        return new Signer(new Secrets(settings, clients).secret());
    }

    /** Returns the audience that user tokens have to name. */
    String audience() {
        return settings.audience();
    }

    @Override
    public void close() {
        gateway.ifPresent(ApiGatewayClient::close);
        clients.close();
    }
}
