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
 *   <li>Layers are not mounted; items are not embedded.
 *   <li>Alarms on an expression of metrics are refused, and left out.
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
            export AWS_ENDPOINT_URL_CLOUDWATCH=$at AWS_ENDPOINT_URL_LAMBDA=$at
            """;

    private static final String TEMPLATE = "Freshet.template.json";
    private static final String ASSETS = "Freshet.assets.json";
    private static final String FUNCTION = "AWS::Lambda::Function";
    private static final String LAYER = "AWS::Lambda::LayerVersion";
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
        Set<String> secrets = new TreeSet<>();
        ObjectNode resources = (ObjectNode) template.path("Resources");
        resources.removeIf(
                resource ->
                        resource.path("Type").asText().equals(LAYER)
                                || resource.path("Properties").has("Metrics"));
        for (Map.Entry<String, JsonNode> resource : resources.properties()) {
            String type = resource.getValue().path("Type").asText();
            if (type.equals(FUNCTION)) {
                packages.add(adapt((ObjectNode) resource.getValue().path("Properties")));
            } else if (type.equals(SECRET)) {
                secrets.add(resource.getKey());
            }
        }
        adapt(template, secrets);
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

    /**
     * Names secrets by their ARNs, asks callers of the API for no key beside their own, and allows
     * calls without TLS.
     */
    private static void adapt(JsonNode part, Set<String> secrets) {
        if (part instanceof ObjectNode object) {
            for (String name : List.copyOf(names(object))) {
                JsonNode value = object.path(name);
                if (value.size() == 1 && secrets.contains(value.path("Ref").asText())) {
                    object.set(name, arn(value.path("Ref").asText()));
                } else if (name.equals("security") && value instanceof ArrayNode schemes) {
                    schemes.removeIf(scheme -> scheme.has("api_key"));
                } else if (name.equals("Statement") && value instanceof ArrayNode statements) {
                    statements.removeIf(
                            each -> each.at("/Condition/Bool").has("aws:SecureTransport"));
                }
            }
        } else if (part instanceof ArrayNode array) {
            for (int at = 0; at < array.size(); at++) {
                if (secrets.contains(array.path(at).path("Ref").asText())) {
                    array.set(at, arn(array.path(at).path("Ref").asText()));
                }
            }
        }
        part.forEach(each -> adapt(each, secrets));
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
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
