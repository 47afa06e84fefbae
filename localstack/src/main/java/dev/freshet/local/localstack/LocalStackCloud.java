package dev.freshet.local.localstack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.access.AccessKeys;
import dev.freshet.api.FreshetClient;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.folder.OwnerKeys;
import dev.freshet.functions.runtime.StackStores;
import dev.freshet.local.Options;
import dev.freshet.local.OwnerKeySetup;
import dev.freshet.local.gateway.Gateway;
import dev.freshet.local.gateway.UsagePlanLimits;
import dev.freshet.local.host.LocalCloudException;
import dev.freshet.local.host.OpenedParts;
import dev.freshet.local.host.StateFolder;
import dev.freshet.local.template.Cloud;
import dev.freshet.local.template.TemplateReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A Freshet on LocalStack: streams, tables, functions, event source mappings and schedules are
 * LocalStack's, created from the synthesized template; the API is the local gateway's, which
 * invokes the functions through Lambda's API. {@link LocalStackTemplate} says what is left out.
 */
public final class LocalStackCloud implements AutoCloseable {
    private static final String TEMPLATE = "Freshet.template.json";

    private final OpenedParts opened;
    private final Gateway gateway;
    private final OwnerKeys ownerKeys;
    private final Map<String, Integer> leftOut;

    /**
     * Creates the stack, replacing an earlier one, and starts the gateway.
     *
     * @param endpoint address of a running LocalStack
     * @param options the template is a folder with its assets; embedder, consumers and {@code
     *     runtime} have no effect
     * @throws LocalCloudException if LocalStack does not answer or cannot create the stack
     */
    public static LocalStackCloud start(URI endpoint, Options options) {
        return new LocalStackCloud(endpoint, options);
    }

    private LocalStackCloud(URI endpoint, Options options) {
        this.opened = new OpenedParts(options.messages());
        Path synthesized = options.template();
        try {
            StateFolder state = opened.open(StateFolder.take(options.state()));
            LocalStackClients clients = opened.open(LocalStackClients.of(endpoint));
            JsonNode whole = TemplateReader.json(synthesized.resolve(TEMPLATE));
            LocalStackTemplate template = LocalStackTemplate.of(whole);
            leftOut = template.leftOut();
            options.messages().accept("Creating the stack; this takes a minute or more.");
            LocalStackFunctions functions =
                    LocalStackFunctions.of(
                            clients.lambda(),
                            template.template(),
                            new LocalStackDeployment(clients).create(synthesized, template));
            Cloud cloud = TemplateReader.read(whole);
            Settings settings = Settings.from(environment(endpoint, functions));
            Clients stores = opened.open(new Clients(settings));
            AccessKeys keys = new StackStores(settings, stores, options.clock()).accessKeys();
            ownerKeys = OwnerKeySetup.ensured(state, keys, options.clock().instant());
            gateway =
                    opened.open(
                            new Gateway(
                                    options.port(),
                                    cloud,
                                    options.site(),
                                    functions,
                                    UsagePlanLimits.of(
                                            cloud.usagePlans(),
                                            Optional.of(keys),
                                            options.has(Options.Switch.PLANS_LIFTED),
                                            options.clock()),
                                    () -> UUID.randomUUID().toString(),
                                    options.clock(),
                                    options.messages()));
            gateway.start();
            state.running(gateway.uri(), settings.variables());
        } catch (SdkException e) {
            close();
            throw new LocalCloudException("LocalStack refused: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Returns the union of the functions' environments, and how to reach LocalStack. */
    static Map<String, String> environment(URI endpoint, LocalStackFunctions functions) {
        Map<String, String> variables = new HashMap<>();
        for (String name : functions.names().values()) {
            variables.putAll(
                    functions
                            .lambda()
                            .getFunctionConfiguration(request -> request.functionName(name))
                            .environment()
                            .variables());
        }
        variables.put("AWS_ENDPOINT_URL", endpoint.toString());
        variables.put("AWS_REGION", LocalStackClients.REGION.id());
        variables.put("AWS_ACCESS_KEY_ID", LocalStackClients.CREDENTIAL);
        variables.put("AWS_SECRET_ACCESS_KEY", LocalStackClients.CREDENTIAL);
        return variables;
    }

    /** Returns the address of the API. */
    public URI apiUri() {
        return gateway.uri();
    }

    /** Returns the keys created for the owner. */
    public OwnerKeys ownerKeys() {
        return ownerKeys;
    }

    /** Returns the number of resources of the template that were not created, by type. */
    public Map<String, Integer> leftOut() {
        return leftOut;
    }

    /** Returns a client of the API with the owner's secret key. The caller closes it. */
    public FreshetClient client() {
        return new FreshetClient(apiUri(), Optional.of(ownerKeys.secret()));
    }

    /** Stops the gateway; the stack remains in LocalStack. */
    @Override
    public void close() {
        opened.close();
    }
}
