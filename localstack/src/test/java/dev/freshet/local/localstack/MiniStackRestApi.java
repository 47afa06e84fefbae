package dev.freshet.local.localstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.FreshetClient;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.folder.OwnerKeys;
import dev.freshet.functions.runtime.StackStores;
import dev.freshet.local.OwnerKeySetup;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.host.StateFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The whole stack on MiniStack, answered by the REST API and the authorizer of the template. */
public final class MiniStackRestApi implements AutoCloseable {
    /** The authorizer a second time, with the role of a function that may not read keys. */
    public static final String WITHOUT_RIGHTS = "AuthorizeWithoutRights";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final LocalStackClients clients;
    private final Clients stores;
    private final Settings settings;
    private final OwnerKeys keys;
    private final FreshetClient client;
    private final JsonNode parts;
    private final Map<String, String> resources;

    /**
     * Creates the stack.
     *
     * @param folder an empty one, for the adapted assembly and the keys
     */
    public MiniStackRestApi(URI endpoint, Path synthesized, Path folder) throws IOException {
        clients = LocalStackClients.of(endpoint);
        ObjectNode template = MiniStackAssembly.write(synthesized, folder);
        ObjectNode copy = template.at("/Resources/Authorize").deepCopy();
        copy.withObject("/Properties")
                .set("Role", template.at("/Resources/Retain/Properties/Role"));
        parts = template.withObject("/Resources").set(WITHOUT_RIGHTS, copy);
        resources =
                new LocalStackDeployment(clients)
                        .create(folder, new LocalStackTemplate(template, Map.of()));
        LocalStackFunctions functions =
                LocalStackFunctions.of(clients.lambda(), template, resources);
        settings = Settings.from(LocalStackCloud.environment(endpoint, functions));
        stores = new Clients(settings);
        InstantSource clock = InstantSource.system();
        try (StateFolder state = StateFolder.take(folder.resolve("state"))) {
            keys =
                    OwnerKeySetup.ensured(
                            state,
                            new StackStores(settings, stores, clock).accessKeys(),
                            clock.instant());
        }
        String path =
                "/restapis/%s/%s/_user_request_".formatted(physical("RestApi"), physical("Stage"));
        client = new FreshetClient(endpoint.resolve(path), Optional.of(keys.secret()));
    }

    private String physical(String type) {
        String wanted = "AWS::ApiGateway::" + type;
        return parts.properties().stream()
                .filter(part -> part.getValue().path("Type").asText().equals(wanted))
                .map(part -> resources.get(part.getKey()))
                .findFirst()
                .orElseThrow();
    }

    /** Returns a client of the API with a secret key. */
    public FreshetClient client() {
        return client;
    }

    /** Returns the names of the stores, with the rights of the account. */
    public Settings settings() {
        return settings;
    }

    /** Returns the stores, with the rights of the account. */
    public Clients stores() {
        return stores;
    }

    /** Returns the environment of the worker, with the rights of the role of its task. */
    public Map<String, String> worker() throws IOException {
        JsonNode task = parts.at("/WorkerTask/Properties");
        Map<String, String> variables = new HashMap<>(settings.variables());
        for (JsonNode each : task.at("/ContainerDefinitions/0/Environment")) {
            JsonNode value = each.path("Value");
            String text = resources.getOrDefault(value.path("Ref").asText(), value.asText());
            if (!text.isEmpty()) {
                variables.put(each.path("Name").asText(), text);
            }
        }
        String role = resources.get(task.at("/TaskRoleArn/Fn::GetAtt/0").asText());
        String arn = "arn:aws:iam::%s:role/%s".formatted(LocalStackClients.ACCOUNT, role);
        String taken =
                stores.signed(Settings.Service.LAMBDA, "sts")
                        .form(
                                "AssumeRole",
                                "2011-06-15",
                                Map.of("RoleArn", arn, "RoleSessionName", "worker"))
                        .body();
        variables.put("AWS_ACCESS_KEY_ID", element(taken, "AccessKeyId"));
        variables.put("AWS_SECRET_ACCESS_KEY", element(taken, "SecretAccessKey"));
        variables.put("AWS_SESSION_TOKEN", element(taken, "SessionToken"));
        return variables;
    }

    private static String element(String xml, String name) {
        return xml.replaceFirst("(?s).*<%1$s>(.*)</%1$s>.*".formatted(name), "$1");
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
        stores.close();
        clients.close();
    }
}
