package dev.freshet.local.template;

import java.util.Optional;

/**
 * An event source mapping from a stream to a function.
 *
 * @param id stable from start to start: checkpoints are kept under it
 * @param stream the stream's local name
 * @param function the function's local name
 * @param rules how it delivers
 * @param destination the bucket for what is given up, if any
 */
public record MappingSpec(
        String id,
        String stream,
        String function,
        MappingRules rules,
        Optional<String> destination) {}
