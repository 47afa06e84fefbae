package dev.freshet.bench.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.LongConsumer;

/**
 * An evaluation by a protocol that learns first and ranks then, and its report.
 *
 * @param seed seed of the bootstrap and the baselines
 */
record TestRun(String dataset, Trace trace, TestPlan plan, long seed) {
    /**
     * Runs the pass of the product and, concurrently, that of the baselines.
     *
     * @param field participants
     */
    Report run(ReplaySettings settings, Participants field, LongConsumer done) {
        TestProtocol protocol = new TestProtocol(trace, plan);
        List<Baseline> participating = new ArrayList<>();
        List<TestBoard> boards = new ArrayList<>();
        List<TestBoard> others =
                ConcurrentTasks.run(
                        () -> {
                            participating.addAll(
                                    field.baselines(
                                            set -> set.ofTest(plan.setup(trace.items()), seed)));
                            List<TestBoard> all =
                                    new ArrayList<>(protocol.baselines(participating));
                            for (Participants.Compared other : field.compared()) {
                                all.addAll(
                                        protocol.product(
                                                other.settings(),
                                                List.of(other.blend()),
                                                step -> {}));
                            }
                            return all;
                        },
                        () -> {
                            if (!field.product().isEmpty()) {
                                boards.addAll(protocol.product(settings, field.product(), done));
                            }
                        });
        boards.addAll(others);
        TestMoments moments = protocol.moments();
        List<Entry> entries =
                boards.stream().map(board -> board.entry(moments, trace.people())).toList();
        return report(protocol, entries, Participants.settings(participating));
    }

    private Report report(TestProtocol protocol, List<Entry> entries, List<String> baselines) {
        int moments = protocol.moments().size();
        int neverSeen = protocol.neverSeen();
        SequencedMap<String, Object> facts = new LinkedHashMap<>();
        facts.put("seed", seed);
        facts.put("events", trace.steps().size());
        facts.put("people", trace.people());
        facts.put("items", trace.items());
        facts.put("learnedBefore", plan.before().size());
        facts.put("tested", plan.test().size());
        facts.put("moments", moments);
        facts.put("everyNth", plan.rules().every());
        facts.put("neverSeen", neverSeen);
        facts.put("frozen", plan.rules().frozen());
        facts.put("repeatsRanked", plan.rules().repeats());
        facts.put("sessions", plan.rules().sessions());
        facts.put("badLines", trace.unreadLines());
        SequencedMap<String, String> columns = new LinkedHashMap<>();
        for (String figure : List.of("HR", "MRR", "NDCG", "Recall")) {
            for (int depth : TestBoard.DEPTHS) {
                columns.put(figure.toLowerCase(Locale.ROOT) + "@" + depth, figure + "@" + depth);
            }
        }
        List<String> notes = new ArrayList<>();
        notes.add(what(moments));
        notes.add(
                "%,d of them are of items that nobody interacted with before, which are misses."
                        .formatted(neverSeen));
        if (plan.protocol().equals(TestPlan.LEAVE_LAST_ONE_OUT)) {
            notes.add("Not temporal: what others did after a held-out interaction is learned too.");
        }
        if (trace.unreadLines() > 0) {
            notes.add("%,d lines could not be read.".formatted(trace.unreadLines()));
        }
        notes.addAll(baselines);
        return new Report(
                dataset,
                plan.protocol(),
                facts,
                notes,
                columns,
                entries,
                Comparison.of(entries, new Bootstrap(Bootstrap.DRAWS, seed)),
                new LinkedHashMap<>());
    }

    private String what(int moments) {
        TestPlan.Rules rules = plan.rules();
        return String.format(
                Locale.ROOT,
                "%,d events of %,d %s on %,d items learned, then %,d tested, %s; %,d interactions"
                        + " ranked%s, %s%s.",
                plan.before().size(),
                trace.people(),
                rules.sessions() ? "sessions" : "people",
                trace.items(),
                plan.test().size(),
                rules.frozen() ? "the model frozen" : "learning on",
                moments,
                rules.every() == 1 ? "" : ", a sample: one of " + rules.every(),
                rules.repeats() ? "repeats among them" : "first ones alone",
                rules.sessions() ? ", none that begins a session" : "");
    }
}
