package dev.freshet.bench.evaluate;

import dev.freshet.bench.baseline.Baseline;
import dev.freshet.bench.baseline.FirstInteraction;
import dev.freshet.bench.evaluate.StreamState.Eligible;
import dev.freshet.bench.evaluate.Trace.Step;
import java.util.List;

/**
 * What is evaluated: it learns as a stream goes on, and has one or several lists for a request. The
 * product and the baselines are methods alike. Used by one thread.
 */
interface Method {
    /** Kind of an entry of the report. */
    enum Kind {
        BLEND,
        SOURCE,
        BASELINE
    }

    /**
     * One of the lists.
     *
     * @param name name in tables and JSON, such as {@code blend} or {@code co-occurrence}
     * @param amongRepeats whether the list is asked for at repeats too, in any case
     */
    record Entrant(String name, Kind kind, boolean amongRepeats) {}

    /**
     * A request for a list.
     *
     * @param step the step that is to be predicted, at the time of the request; its item and type
     *     must not be read
     * @param depth number of ranks that count
     */
    record Request(Step step, Eligible eligible, int depth) {}

    /** Returns the lists, in the order of the report. */
    List<Entrant> entrants();

    /**
     * Learns what is known by the time of the next step, so that a request at its time knows it.
     */
    default void reach(Step next) {}

    /** Learns steps as one batch. */
    void learn(List<Step> batch);

    /** Begins the test: called once, after all that is learned before it. */
    default void startTest() {}

    /** Adds a step to its person's history; nothing else is learned from it. */
    void observe(Step step);

    /**
     * Makes a list.
     *
     * @param entrant index of the list in {@link #entrants}
     * @param answer output
     */
    void list(int entrant, Request request, EvaluatedAnswer answer);

    /** Returns the method of a baseline, which scores all items and learns what shows interest. */
    static Method of(String name, Baseline baseline) {
        return new Method() {
            @Override
            public List<Entrant> entrants() {
                return List.of(new Entrant(name, Kind.BASELINE, false));
            }

            @Override
            public void learn(List<Step> batch) {
                batch.stream()
                        .map(Step::interaction)
                        .filter(FirstInteraction::showsInterest)
                        .forEach(baseline::learn);
            }

            @Override
            public void startTest() {
                baseline.startTest();
            }

            @Override
            public void observe(Step step) {
                if (step.interaction().showsInterest()) {
                    baseline.observe(step.interaction());
                }
            }

            @Override
            public void list(int entrant, Request request, EvaluatedAnswer answer) {
                float[] scores = new float[request.eligible().state().items()];
                baseline.score(request.step().interaction(), scores);
                answer.scores(scores, request.depth());
            }
        };
    }
}
