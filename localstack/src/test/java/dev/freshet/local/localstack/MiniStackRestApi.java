package dev.freshet.local.localstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.cli.connection.OwnerKeys;
import dev.freshet.functions.runtime.StackStores;
import dev.freshet.local.OwnerKeySetup;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.host.StateFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** The whole stack on MiniStack, answered by the REST API and the authorizer of the template. */
public final class MiniStackRestApi implements AutoCloseable {
    /** The authorizer a second time, with the role of a function that may not read keys. */
    public static final String WITHOUT_RIGHTS = "AuthorizeWithoutRights";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final LocalStackClients clients;
    private final OwnerKeys keys;
    private final FreshetClient client;
    private final Map<String, String> resources;

    /**
     * Creates the stack.
     *
     * @param folder an empty one, for the adapted assembly and the keys
     */
    public MiniStackRestApi(URI endpoint, Path synthesized, Path folder) throws IOException {
        clients = LocalStackClients.of(endpoint);
        ObjectNode template = MiniStackAssembly.write(synthesized, folder);
        ObjectNode parts = (ObjectNode) template.path("Resources");
        ObjectNode copy = parts.path("Authorize").deepCopy();
        copy.withObject("/Properties").set("Role", parts.at("/Retain/Properties/Role"));
        parts.set(WITHOUT_RIGHTS, copy);
        resources =
                new LocalStackDeployment(clients)
                        .create(folder, new LocalStackTemplate(template, Map.of()));
        keys = keys(endpoint, folder, template);
        String path =
                "/restapis/%s/%s/_user_request_"
                        .formatted(physical(parts, "RestApi"), physical(parts, "Stage"));
        client = new FreshetClient(endpoint.resolve(path), Optional.of(keys.secret()));
    }

    private String physical(JsonNode parts, String type) {
        String wanted = "AWS::ApiGateway::" + type;
        return parts.properties().stream()
                .filter(part -> part.getValue().path("Type").asText().equals(wanted))
                .map(part -> resources.get(part.getKey()))
                .findFirst()
                .orElseThrow();
    }

    private OwnerKeys keys(URI endpoint, Path folder, JsonNode template) {
        LocalStackFunctions functions =
                LocalStackFunctions.of(clients.lambda(), template, resources);
        Settings settings = Settings.from(LocalStackCloud.environment(endpoint, functions));
        InstantSource clock = InstantSource.system();
        try (StateFolder state = StateFolder.take(folder.resolve("state"));
                Clients stores = new Clients(settings)) {
            return OwnerKeySetup.ensured(
                    state, new StackStores(settings, stores, clock).accessKeys(), clock.instant());
        }
    }

    /** Returns a client of the API with a secret key. */
    public FreshetClient client() {
        return client;
    }

    /** Has a function decide on the secret key as the authorizer does. */
    public Invocation authorize(String function) {
        String token =
                """
                {"type": "TOKEN", "authorizationToken": "Bearer %s",
                 "methodArn": "arn:aws:execute-api:us-east-1:000000000000:api/dev/GET/v1/trending"}\
                """
                        .formatted(keys.secret());
        return invoke(function, token);
    }

    /** Invokes a function, by its logical id, with an event. */
    public Invocation invoke(String function, String event) {
        return new LocalStackFunctions(clients.lambda(), resources).invoke(function, event, LIMIT);
    }

    @Override
    public void close() {
        client.close();
        clients.close();
    }
}
