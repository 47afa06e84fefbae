package dev.freshet.bench.baseline;

/**
 * Inverted histories: for each item the people who have it, in ascending order, as compressed rows.
 * Built in O(people + items + entries).
 */
final class Holders {
    private final int[] starts;
    private final int[] people;

    private Holders(int[] starts, int[] people) {
        this.starts = starts;
        this.people = people;
    }

    /**
     * Inverts histories.
     *
     * @param items upper bound of all items of the histories
     */
    static Holders of(Histories histories, int items) {
        int[] starts = new int[items + 1];
        for (int person = 0; person < histories.owners(); person++) {
            int[] history = histories.items(person);
            for (int i = 0; i < histories.length(person); i++) {
                starts[history[i] + 1]++;
            }
        }
        for (int item = 0; item < items; item++) {
            starts[item + 1] += starts[item];
        }
        int[] next = starts.clone();
        int[] people = new int[starts[items]];
        for (int person = 0; person < histories.owners(); person++) {
            int[] history = histories.items(person);
            for (int i = 0; i < histories.length(person); i++) {
                people[next[history[i]]++] = person;
            }
        }
        return new Holders(starts, people);
    }

    int from(int item) {
        return starts[item];
    }

    int to(int item) {
        return starts[item + 1];
    }

    int count(int item) {
        return starts[item + 1] - starts[item];
    }

    int person(int place) {
        return people[place];
    }
}
