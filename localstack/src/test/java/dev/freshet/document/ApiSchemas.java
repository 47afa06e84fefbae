package dev.freshet.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The OpenAPI document and the schemas of its bodies, which refuse a member that no schema
 * declares: a response that has one is a response that the document does not describe.
 */
public final class ApiSchemas {
    private static final String RESOURCE = "/openapi.yaml";
    private static final int MAX_ALIASES = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document;
    private final JsonNode components;
    private final SchemaRegistry registry =
            SchemaRegistry.withDefaultDialect(Dialects.getOpenApi30());
    private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

    private ApiSchemas(JsonNode document) {
        this.document = document;
        this.components = closed(document.path("components").deepCopy());
    }

    /** Returns the schemas of the document that the stack is built from. */
    public static ApiSchemas load() {
        try (InputStream in = ApiSchemas.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            LoaderOptions options = new LoaderOptions();
            options.setMaxAliasesForCollections(MAX_ALIASES);
            Object tree = new Yaml(new SafeConstructor(options)).load(in);
            return new ApiSchemas(JSON.valueToTree(tree));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns the document as it is written, with its references. */
    JsonNode document() {
        return document;
    }

    /** Returns what a reference leads to, and any other node unchanged. */
    JsonNode resolve(JsonNode node) {
        JsonNode at = node;
        while (at.has("$ref")) {
            at = document.at(at.path("$ref").asText().substring(1));
        }
        return at;
    }

    /** Returns the operations of the document that have an integration of their own. */
    public List<ApiOperation> operations() {
        List<ApiOperation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            JsonNode item = path.getValue();
            for (Map.Entry<String, JsonNode> member : item.properties()) {
                if (member.getValue().has("operationId")) {
                    operations.add(ApiOperation.of(this, path.getKey(), item, member.getKey()));
                }
            }
        }
        return operations;
    }

    /** Returns what is wrong with a value, one sentence each; nothing if it fits the schema. */
    public List<String> violations(JsonNode schema, JsonNode value) {
        return compiled
                .computeIfAbsent(schema, this::compile)
                .validate(
                        value,
                        context ->
                                context.executionConfig(
                                        config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    private Schema compile(JsonNode schema) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putArray("allOf").add(closed(schema.deepCopy()));
        root.set("components", components);
        return registry.getSchema(root);
    }

    /**
     * Closes every object schema of a tree in place. Object schemas of one {@code allOf} are joined
     * first, because each alone would refuse the members of the others.
     */
    private JsonNode closed(JsonNode node) {
        node.forEach(this::closed);
        if (node instanceof ObjectNode schema) {
            if (schema.path("allOf").size() > 1) {
                ObjectNode joined = JsonNodeFactory.instance.objectNode();
                for (JsonNode part : schema.path("allOf")) {
                    joined.setAll((ObjectNode) resolve(part).path("properties").deepCopy());
                }
                schema.remove("allOf");
                schema.put("type", "object").set("properties", joined);
            }
            boolean object = schema.path("type").asText().equals("object");
            if (object && schema.has("properties") && !schema.has("additionalProperties")) {
                schema.put("additionalProperties", false);
            }
        }
        return node;
    }
}
