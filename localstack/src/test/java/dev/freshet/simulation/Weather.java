package dev.freshet.simulation;

/**
 * How often what goes wrong, each as a probability of one call.
 *
 * @param refused a store answers with an error and has done nothing: throttling, 5xx
 * @param unheard a store does it, and its answer is lost
 * @param late a store does it up to a minute after its caller was told of a timeout
 * @param death the process dies before or after the call's effect
 * @param again of one delivery: the mapping does not hear of its success
 * @param forgotten of one checkpoint: it is not noted, and the mapping's poller begins anew now and
 *     then from the one before
 * @param overtime of one turn of an invocation: the mapping thinks it timed out and goes on, though
 *     it still runs
 * @param perRecord of one record of a PutRecords call: refused by itself
 */
record Weather(
        double refused,
        double unheard,
        double late,
        double death,
        double again,
        double forgotten,
        double overtime,
        double perRecord) {
    static final Weather CALM = new Weather(0, 0, 0, 0, 0, 0, 0, 0);

    Weather refusing(double probability) {
        return new Weather(
                probability, unheard, late, death, again, forgotten, overtime, perRecord);
    }

    Weather unheard(double probability) {
        return new Weather(
                refused, probability, late, death, again, forgotten, overtime, perRecord);
    }

    Weather late(double probability) {
        return new Weather(
                refused, unheard, probability, death, again, forgotten, overtime, perRecord);
    }

    Weather deadly(double probability) {
        return new Weather(
                refused, unheard, late, probability, again, forgotten, overtime, perRecord);
    }

    Weather redelivering(double probability) {
        return new Weather(
                refused, unheard, late, death, probability, probability, overtime, perRecord);
    }

    Weather overtime(double probability) {
        return new Weather(refused, unheard, late, death, again, forgotten, probability, perRecord);
    }

    Weather perRecord(double probability) {
        return new Weather(refused, unheard, late, death, again, forgotten, overtime, probability);
    }
}
