package dev.freshet.recommend;

import dev.freshet.candidate.CandidateFilter;
import dev.freshet.profile.AttributeRules;
import dev.freshet.ranking.Strategy;
import dev.freshet.ranking.Temperatures;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What every flow of the read path is made of.
 *
 * @param model returns the newest model; called once a request
 * @param filters in the order in which they are asked
 * @param strategy how the signals become one score, where no arm names another one
 * @param temperatures of the draws of positions by placement, where no arm names another one
 * @param attributes which attributes of users count
 * @param nanos a monotonic time in nanoseconds, by which stages are measured
 * @param random source of ids and seeds; safe for many threads
 */
record ReadParts(
        Hydrator hydrator,
        Supplier<ServedModel> model,
        ServedExperiments experiments,
        ResponseAssembler answers,
        List<CandidateFilter> filters,
        Strategy strategy,
        Temperatures temperatures,
        AttributeRules attributes,
        InstantSource clock,
        LongSupplier nanos,
        RandomGenerator random) {}
