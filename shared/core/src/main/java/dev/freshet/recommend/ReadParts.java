package dev.freshet.recommend;

import dev.freshet.candidate.FrequencyCap;
import dev.freshet.profile.AttributeRules;
import dev.freshet.ranking.Strategy;
import dev.freshet.ranking.Temperatures;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What the read flow is made of.
 *
 * @param model returns the newest model; called once a request
 * @param strategy how the signals become one score, where no arm names another one
 * @param temperatures of the draws of positions by placement, where no arm names another one
 * @param cap how often an item is shown to a user who does not interact with it
 * @param attributes which attributes of users count
 * @param nanos a monotonic time in nanoseconds, by which stages are measured
 * @param random source of ids and seeds; safe for many threads
 */
public record ReadParts(
        Hydrator hydrator,
        Supplier<ServedModel> model,
        ResponseAssembler answers,
        Strategy strategy,
        Temperatures temperatures,
        FrequencyCap cap,
        AttributeRules attributes,
        InstantSource clock,
        LongSupplier nanos,
        RandomGenerator random) {}
