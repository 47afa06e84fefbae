package dev.freshet.access;

/**
 * An operation of the API.
 *
 * @param id the {@code operationId} of the OpenAPI document
 * @param method upper case
 * @param path with its parameters in braces: {@code /v1/users/{id}}
 * @param permission the kinds of keys that may call it
 */
public record Operation(String id, String method, String path, Permission permission) {
    /** Returns the method and the path: {@code GET /v1/trending}. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
