package dev.freshet.simulation;

import java.util.EnumMap;
import java.util.Map;

/**
 * Probabilities of faults, each for one call.
 *
 * @param chances probability of each fault; 0 for those not contained
 */
record FaultRates(Map<RandomFault, Double> chances) {
    static final FaultRates CALM = new FaultRates(Map.of());

    /** Kinds of spontaneous faults. */
    enum RandomFault {
        /** A store answers with an error and has no effect: throttling, 5xx. */
        REFUSED,
        /** A store call takes effect, and its answer is lost. */
        UNHEARD,
        /** A store call takes effect up to a minute after its caller got a timeout. */
        LATE,
        /** The process dies before or after the call's effect. */
        DEATH,
        /** The mapping does not receive the success of a delivery. */
        AGAIN,
        /**
         * A checkpoint is not stored, and the mapping's poller restarts now and then from the
         * previous one.
         */
        FORGOTTEN,
        /**
         * In a turn of an invocation, the mapping assumes that it timed out although it still runs.
         */
        OVERTIME,
        /** One record of a PutRecords call is refused. */
        RECORD_REFUSED
    }

    double of(RandomFault trouble) {
        return chances.getOrDefault(trouble, 0.0);
    }

    FaultRates with(RandomFault trouble, double chance) {
        Map<RandomFault, Double> others = new EnumMap<>(RandomFault.class);
        others.putAll(chances);
        others.put(trouble, chance);
        return new FaultRates(others);
    }

    /** Returns faults with which deliveries are repeated, also from further back. */
    FaultRates redelivering(double chance) {
        return with(RandomFault.AGAIN, chance).with(RandomFault.FORGOTTEN, chance);
    }
}
