package dev.freshet.local.template;

import java.util.Optional;

/**
 * An event source mapping from a stream to a function.
 *
 * @param id id under which checkpoints are kept, equal at every start
 * @param stream local name of the stream
 * @param function local name of the function
 * @param rules delivery parameters
 * @param destination bucket for records given up, if any
 */
public record MappingSpec(
        String id,
        String stream,
        String function,
        MappingRules rules,
        Optional<String> destination) {}
