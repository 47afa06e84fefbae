package dev.freshet.infra;

import java.util.Optional;
import software.constructs.Node;

/** What the owner says as CDK context ({@code -c name=value}), by name. */
record CdkContext(Node node) {
    Optional<String> text(String key) {
        return Optional.ofNullable(node.tryGetContext(key)).map(Object::toString);
    }

    /**
     * A whole number.
     *
     * @throws IllegalArgumentException where something else is said
     */
    int number(String key, int otherwise) {
        Optional<String> text = text(key);
        try {
            return text.map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    key + " must be a whole number, not '" + text.get() + "'", notANumber);
        }
    }

    /**
     * True or false.
     *
     * @throws IllegalArgumentException where something else is said
     */
    boolean flag(String key, boolean otherwise) {
        return switch (text(key).orElse(String.valueOf(otherwise))) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(key + " must be true or false");
        };
    }
}
