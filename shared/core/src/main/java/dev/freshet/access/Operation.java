package dev.freshet.access;

/**
 * One thing that the API does.
 *
 * @param method upper case
 * @param path as in the API's document: {@code /v1/users/{id}}
 */
public record Operation(String method, String path) {
    /** {@code GET /v1/trending}. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
