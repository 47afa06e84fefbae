package dev.freshet.bench.evaluate;

import dev.freshet.bench.baseline.Baselines.Chosen;
import dev.freshet.bench.evaluate.Method.Kind;
import dev.freshet.bench.evaluate.Report.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * An evaluation: the passes of the product and, concurrently, those of the baselines and of the
 * stacks that are compared, over one plan or several, and its report.
 *
 * @param plans plans of one protocol over the same people, such as the orders of a split
 * @param seed seed of the bootstrap and of the baselines of the first plan; the others use the
 *     following ones
 */
record Evaluation(List<Plan> plans, long seed) {
    /**
     * Runs the evaluation.
     *
     * @param sheet what is reported of the plans
     * @param done receives the number of completed steps
     */
    Report run(
            Function<Moments, Sheet> sheet,
            ReplaySettings settings,
            Participants field,
            LongConsumer done) {
        List<List<Scoreboard>> boards = new ArrayList<>();
        SequencedSet<String> notes = new LinkedHashSet<>();
        long before = 0;
        for (Plan plan : plans) {
            long since = before;
            boards.add(
                    boards(
                            plan,
                            seed + boards.size(),
                            settings,
                            field,
                            notes,
                            steps -> done.accept(since + steps)));
            before += plan.steps();
        }
        return report(sheet.apply(boards.getFirst().getFirst().moments()), boards, notes);
    }

    private static List<Scoreboard> boards(
            Plan plan,
            long seed,
            ReplaySettings settings,
            Participants field,
            Collection<String> notes,
            LongConsumer done) {
        Pass pass = new Pass(plan);
        List<Contender> contenders = field.product(plan.depth());
        boolean scoresRepeats =
                plan.isStream() && !plan.rules().repeats() && plan.trace().repeats() > 0;
        if (scoresRepeats) {
            contenders.stream()
                    .filter(one -> one.entrant().kind() == Kind.BLEND)
                    .findFirst()
                    .ifPresent(blend -> contenders.add(blend.amongRepeats()));
        }
        List<Scoreboard> boards = new ArrayList<>();
        List<Scoreboard> others =
                concurrently(
                        () -> others(pass, plan, seed, field, notes),
                        () -> {
                            if (!contenders.isEmpty()) {
                                Method product =
                                        new ProductMethod(
                                                plan, settings, contenders, field.losses());
                                boards.addAll(pass.run(List.of(product), done));
                            }
                        });
        if (field.losses() != null) {
            field.losses().countNeverSeen(pass.moments().count(Moments.UNSEEN_ITEMS));
        }
        boards.addAll(others);
        return boards;
    }

    private static List<Scoreboard> others(
            Pass pass, Plan plan, long seed, Participants field, Collection<String> notes) {
        List<Method> baselines = new ArrayList<>();
        for (Chosen one : field.baselines(plan.setup(), seed)) {
            baselines.add(Method.of(one.baseline()));
            if (!one.settings().isEmpty()) {
                notes.add("Baseline %s: %s.".formatted(one.baseline().name(), one.settings()));
            }
        }
        List<Scoreboard> boards = new ArrayList<>(pass.run(baselines, steps -> {}));
        field.compared()
                .forEach(
                        (name, stack) -> {
                            Contender blend =
                                    Contender.compared(name, field.strategy(), plan.depth());
                            Method product = new ProductMethod(plan, stack, List.of(blend), null);
                            boards.addAll(pass.run(List.of(product), steps -> {}));
                        });
        return boards;
    }

    private Report report(Sheet sheet, List<List<Scoreboard>> boards, Collection<String> settings) {
        List<Entry> entries = new ArrayList<>();
        for (int at = 0; at < boards.getFirst().size(); at++) {
            int place = at;
            List<Scoreboard> own = boards.stream().map(ofPlan -> ofPlan.get(place)).toList();
            if (own.getFirst().entrant().amongRepeats()) {
                sheet.addRepeats(entries.getFirst(), own.getFirst());
            } else {
                entries.add(sheet.entry(own));
            }
        }
        settings.forEach(sheet::note);
        return sheet.report(entries, seed);
    }

    /**
     * Runs the first task on a new thread and the second on the calling thread.
     *
     * @return the result of the first, once both have ended
     * @throws RuntimeException the exception of the first, wrapped if it was checked
     */
    static <T> T concurrently(Callable<T> first, Runnable second) {
        FutureTask<T> task = new FutureTask<>(first);
        Thread thread = Thread.ofPlatform().name("baselines").daemon().start(task);
        try {
            second.run();
            return task.get();
        } catch (InterruptedException stopped) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException plain
                    ? plain
                    : new IllegalStateException("the concurrent pass failed", failed.getCause());
        }
    }
}
