package dev.freshet.local.localstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.local.Options;
import dev.freshet.local.emulator.Child;
import dev.freshet.local.function.LambdaJvm;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A cloud assembly as MiniStack 1.5.33 can deploy it, where it differs from AWS:
 *
 * <ul>
 *   <li>A function of the runtime {@code java25} is answered with 200 and the text {@value #MOCK},
 *       without being run. Here each has the runtime {@code provided.al2023}, and a package that
 *       starts the JDK with AWS's runtime interface client on the packaged jar.
 *   <li>{@code Ref} of a secret is its name, where AWS gives its ARN.
 *   <li>{@code x-amazon-apigateway-api-key-source} is ignored, so every key of a usage plan that
 *       the authorizer names would be missing.
 *   <li>It describes the index of a table as it is in the template, so without a status.
 *   <li>It does not know of which stream an iterator is, nor of which workgroup a query, and wants
 *       the right to read any.
 *   <li>Its Athena makes no Iceberg tables, and is asked for a number instead.
 *   <li>Layers are not mounted; items are not embedded.
 *   <li>Alarms on an expression of metrics or on other alarms, EMR Serverless, flow logs and the
 *       association of a web ACL are refused, and left out.
 *   <li>It runs no container; whoever has the account may take the role of a task.
 *   <li>It has no TLS, and policies that deny calls without it are obeyed.
 * </ul>
 */
public final class MiniStackAssembly {
    /** What MiniStack answers for a function that it does not run. */
    public static final String MOCK = "Mock response";

    private static final String RUNTIME = "provided.al2023";

    /**
     * Names MiniStack to the SDK by a system property, and by variables only to the services that
     * have no client: functions that find the endpoint of a stream overridden take it for one of an
     * emulator, whose retention and shards they leave alone.
     */
    private static final String AS_ON_AWS =
            """
            at=$AWS_ENDPOINT_URL
            unset AWS_ENDPOINT_URL
            export AWS_ENDPOINT_URL_CLOUDWATCH=$at AWS_ENDPOINT_URL_LAMBDA=$at AWS_ENDPOINT_URL_ATHENA=$at
            """;

    private static final String TEMPLATE = "Freshet.template.json";
    private static final String ASSETS = "Freshet.assets.json";
    private static final String FUNCTION = "AWS::Lambda::Function";
    private static final String ROLE = "AWS::IAM::Role";

    /** Types that it refuses, and layers. */
    private static final Set<String> LEFT_OUT =
            Set.of(
                    "AWS::Lambda::LayerVersion",
                    "AWS::CloudWatch::CompositeAlarm",
                    "AWS::EMRServerless::Application",
                    "AWS::WAFv2::WebACLAssociation",
                    "AWS::EC2::FlowLog");

    /** Actions on what an iterator or a query is of, which it does not know. */
    private static final Set<String> UNPLACED =
            Set.of("kinesis:GetRecords", "athena:GetQueryExecution", "athena:GetQueryResults");

    private static final String SECRET = "AWS::SecretsManager::Secret";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private MiniStackAssembly() {}

    /**
     * Writes a folder as the one of an assembly.
     *
     * @param folder exists
     * @return the template
     */
    public static ObjectNode write(Path synthesized, Path folder) throws IOException {
        ObjectNode template = (ObjectNode) read(synthesized.resolve(TEMPLATE));
        ObjectNode assets = (ObjectNode) read(synthesized.resolve(ASSETS));
        Set<String> packages = new TreeSet<>();
        Map<String, JsonNode> instead = new HashMap<>();
        ObjectNode resources = (ObjectNode) template.path("Resources");
        for (Map.Entry<String, JsonNode> resource : List.copyOf(resources.properties())) {
            String type = resource.getValue().path("Type").asText();
            JsonNode properties = resource.getValue().path("Properties");
            for (JsonNode index : properties.path("GlobalSecondaryIndexes")) {
                ((ObjectNode) index).put("IndexStatus", "ACTIVE");
            }
            if (properties.path("Statements") instanceof ArrayNode tables) {
                tables.removeAll().add("SELECT 1");
            }
            if (LEFT_OUT.contains(type) || properties.has("Metrics")) {
                resources.remove(resource.getKey());
                instead.put(resource.getKey(), NODES.textNode("left-out"));
            } else if (type.equals(FUNCTION)) {
                packages.add(adapt((ObjectNode) properties));
            } else if (type.equals(SECRET)) {
                instead.put(resource.getKey(), arn(resource.getKey()));
            } else if (type.equals(ROLE)) {
                trustAccount(properties.at("/AssumeRolePolicyDocument/Statement/0"));
            }
        }
        adapt(template, instead);
        resources.removeIf(
                resource -> {
                    JsonNode statements = resource.at("/Properties/PolicyDocument/Statement");
                    return statements.isArray() && statements.isEmpty();
                });
        for (JsonNode file : assets.path("files")) {
            Path source = synthesized.resolve(file.at("/source/path").asText());
            boolean isPackage =
                    file.path("destinations").findValuesAsText("objectKey").stream()
                            .anyMatch(packages::contains);
            Path used = isPackage ? bootstrap(source.toRealPath(), folder) : source;
            ((ObjectNode) file.path("source")).put("path", used.toAbsolutePath().toString());
        }
        Files.writeString(folder.resolve(TEMPLATE), template.toString());
        Files.writeString(folder.resolve(ASSETS), assets.toString());
        return template;
    }

    private static JsonNode read(Path file) throws IOException {
        return JSON.readTree(Files.readString(file));
    }

    /** Changes a function; returns the key of its package. */
    private static String adapt(ObjectNode function) {
        function.put("Runtime", RUNTIME).remove(List.of("SnapStart", "Layers"));
        if (function.at("/Environment/Variables") instanceof ObjectNode variables
                && variables.has("FRESHET_EMBEDDER")) {
            variables.put("FRESHET_EMBEDDER", Options.NO_EMBEDDER);
        }
        return function.at("/Code/S3Key").asText();
    }

    /** Lets the account have the rights of a task, because no container runs. */
    private static void trustAccount(JsonNode statement) {
        if (statement.at("/Principal/Service").asText().equals("ecs-tasks.amazonaws.com")) {
            ((ObjectNode) statement).without("Condition");
            ((ObjectNode) statement.path("Principal")).put("AWS", LocalStackClients.ACCOUNT);
        }
    }

    /**
     * Names secrets by their ARNs and what is left out by a word, asks callers of the API for no
     * key beside their own, and allows calls without TLS.
     */
    private static void adapt(JsonNode part, Map<String, JsonNode> instead) {
        if (part instanceof ObjectNode object) {
            object.properties().forEach(each -> each.setValue(named(each.getValue(), instead)));
            if (object.path("security") instanceof ArrayNode schemes) {
                schemes.removeIf(scheme -> scheme.has("api_key"));
            } else if (object.path("Statement") instanceof ArrayNode statements) {
                statements.removeIf(each -> each.at("/Condition/Bool").has("aws:SecureTransport"));
                String permitted = statements.toString();
                UNPLACED.stream()
                        .filter(permitted::contains)
                        .forEach(
                                action ->
                                        statements
                                                .addObject()
                                                .put("Effect", "Allow")
                                                .put("Action", action)
                                                .put("Resource", "*"));
            }
        } else if (part instanceof ArrayNode array) {
            for (int at = 0; at < array.size(); at++) {
                array.set(at, named(array.path(at), instead));
            }
        }
        part.forEach(each -> adapt(each, instead));
    }

    /** Returns what is to stand in place of a reference, and any other value as it is. */
    private static JsonNode named(JsonNode value, Map<String, JsonNode> instead) {
        JsonNode whole = instead.get(value.path("Ref").asText());
        JsonNode part = instead.get(value.at("/Fn::GetAtt/0").asText());
        return whole != null ? whole : part != null && part.isTextual() ? part : value;
    }

    private static JsonNode arn(String secret) {
        ObjectNode attribute = NODES.objectNode();
        attribute.putArray("Fn::GetAtt").add(secret).add("Arn");
        return attribute;
    }

    /** Writes a package that runs the handlers of a jar. */
    private static Path bootstrap(Path jar, Path folder) throws IOException {
        List<String> client = new ArrayList<>(List.of(jar.toString()));
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (path.contains("aws-lambda-java-") || path.contains("utils-lite")) {
                client.add(path);
            }
        }
        List<String> command =
                new ArrayList<>(
                        List.of("exec", Child.java(), "-Daws.endpointUrl=\"$at\"", "-Xmx256m"));
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Daws.cborEnabled=false"));
        command.addAll(LambdaJvm.nativeClient(folder));
        command.addAll(
                List.of(
                        "-cp",
                        String.join(File.pathSeparator, client),
                        LambdaJvm.CLIENT,
                        "\"$_HANDLER\""));
        Path file = folder.resolve("functions.zip");
        try (OutputStream bytes = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("bootstrap"));
            zip.write(
                    ("#!/bin/sh\n" + AS_ON_AWS + String.join(" ", command) + "\n")
                            .getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        return file;
    }
}
