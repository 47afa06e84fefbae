package dev.freshet.bench.ope;

import java.util.List;

/**
 * A list as it was shown.
 *
 * @param user who saw it, or the list's own id where that is unknown
 * @param places in their order, only those that were seen
 */
record LoggedList(String user, List<LoggedPlace> places) {
    LoggedList {
        places = List.copyOf(places);
    }

    /** Returns the product of the weights of the first places, for each number of places. */
    double[] cumulativeWeights() {
        double[] weights = new double[places.size()];
        double product = 1;
        for (int place = 0; place < weights.length; place++) {
            product *= places.get(place).weight();
            weights[place] = product;
        }
        return weights;
    }

    double reward() {
        return places.stream().mapToDouble(LoggedPlace::reward).sum();
    }
}
