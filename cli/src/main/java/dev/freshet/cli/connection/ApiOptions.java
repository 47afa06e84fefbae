package dev.freshet.cli.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.api.ApiResponse;
import dev.freshet.console.Output;
import picocli.CommandLine.Mixin;

/** What every command has that calls the API: the options of the stack and of the output. */
public final class ApiOptions {
    @Mixin private final ConnectionOptions stack = new ConnectionOptions();
    @Mixin private final Output output = new Output();

    /** Returns the output of the command. */
    public Output output() {
        return output;
    }

    /** Returns the connection to the stack, as {@link ConnectionOptions#find} does. */
    public StackConnection connection() {
        return stack.find();
    }

    /** Calls a route by {@code GET}, as {@link ConnectionOptions#call} does. */
    public ApiResponse get(String path) {
        return stack.call(client -> client.get(path));
    }

    /** Calls a route by {@code POST}, as {@link ConnectionOptions#call} does. */
    public ApiResponse post(String path, JsonNode body) {
        return stack.call(client -> client.post(path, body));
    }

    /** Calls a route by {@code PUT}, as {@link ConnectionOptions#call} does. */
    public ApiResponse put(String path, JsonNode body) {
        return stack.call(client -> client.put(path, body));
    }

    /** Calls a route by {@code PATCH}, as {@link ConnectionOptions#call} does. */
    public ApiResponse patch(String path, JsonNode body) {
        return stack.call(client -> client.patch(path, body));
    }

    /** Calls a route by {@code DELETE}, as {@link ConnectionOptions#call} does. */
    public ApiResponse delete(String path) {
        return stack.call(client -> client.delete(path));
    }

    /**
     * Prints a result, as an object or as text.
     *
     * @return the exit code of success
     */
    public int print(JsonNode object, String text) {
        return output.result(object, text);
    }

    /**
     * Prints a result that is an object in any case.
     *
     * @return the exit code of success
     */
    public int print(JsonNode object) {
        return output.result(object);
    }
}
