package dev.freshet.simulation;

import java.util.EnumMap;
import java.util.Map;

/**
 * How often what goes wrong, each as a probability of one call.
 *
 * @param chances of what is not named: none
 */
record Weather(Map<Trouble, Double> chances) {
    static final Weather CALM = new Weather(Map.of());

    /** What can go wrong by itself. */
    enum Trouble {
        /** A store answers with an error and has done nothing: throttling, 5xx. */
        REFUSED,
        /** A store does it, and its answer is lost. */
        UNHEARD,
        /** A store does it up to a minute after its caller was told of a timeout. */
        LATE,
        /** The process dies before or after the call's effect. */
        DEATH,
        /** Of one delivery: the mapping does not hear of its success. */
        AGAIN,
        /**
         * Of one checkpoint: it is not noted, and the mapping's poller begins anew now and then
         * from the one before.
         */
        FORGOTTEN,
        /** Of one turn of an invocation: the mapping thinks it timed out, though it still runs. */
        OVERTIME,
        /** Of one record of a PutRecords call: refused by itself. */
        RECORD_REFUSED
    }

    double of(Trouble trouble) {
        return chances.getOrDefault(trouble, 0.0);
    }

    Weather with(Trouble trouble, double chance) {
        Map<Trouble, Double> others = new EnumMap<>(Trouble.class);
        others.putAll(chances);
        others.put(trouble, chance);
        return new Weather(others);
    }

    /** Deliveries that come again, from further back too. */
    Weather redelivering(double chance) {
        return with(Trouble.AGAIN, chance).with(Trouble.FORGOTTEN, chance);
    }
}
