package dev.freshet.bench.evaluate;

import dev.freshet.bench.baseline.Baselines;
import dev.freshet.bench.baseline.Baselines.Chosen;
import dev.freshet.bench.baseline.SettingsChoice;
import dev.freshet.bench.baseline.SettingsChoice.Result;
import dev.freshet.bench.evaluate.Method.Kind;
import dev.freshet.bench.evaluate.Report.Entry;
import dev.freshet.bench.rerank.Reranker;
import dev.freshet.console.CommandException;
import dev.freshet.ranking.Strategy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation: the passes of the product with the stacks that are compared with it and,
 * concurrently, those of the baselines, over one plan or several, and its report.
 *
 * @param dataset name of the data set in the report
 * @param plans plans of one protocol over the same people, such as the orders of a split
 * @param seed seed of the bootstrap and of the baselines of the first plan; the others use the
 *     following ones
 */
record Evaluation(String dataset, List<Plan> plans, long seed) {
    /**
     * Runs the evaluation.
     *
     * @param done receives the number of completed steps
     */
    Report run(ReplaySettings settings, Participants field, LongConsumer done) {
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
        Moments moments = boards.getFirst().getFirst().moments();
        return report(Sheet.of(dataset, plans, moments, seed), boards, field, notes);
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
                            Map<String, ProductMethod> stacks =
                                    stacks(plan, settings, contenders, field);
                            boards.addAll(pass.run(List.copyOf(stacks.values()), done));
                            stacks.forEach(field.compared()::spent);
                        });
        if (field.losses() != null) {
            field.losses().countNeverSeen(pass.moments().count(Moments.UNSEEN_ITEMS));
        }
        boards.addAll(others);
        return boards;
    }

    /** Returns the product before its first event, and the stacks that are compared with it. */
    private static SequencedMap<String, ProductMethod> stacks(
            Plan plan, ReplaySettings settings, List<Contender> contenders, Participants field) {
        SequencedMap<String, ProductMethod> stacks = new LinkedHashMap<>();
        if (!contenders.isEmpty()) {
            stacks.put(
                    contenders.getFirst().name(),
                    new ProductMethod(
                            plan, settings, contenders, field.losses(), field.compared()));
        }
        field.compared()
                .settings()
                .forEach(
                        (name, stack) -> {
                            Contender blend =
                                    Contender.compared(name, field.strategy(), plan.depth());
                            stacks.put(
                                    name,
                                    new ProductMethod(plan, stack, List.of(blend), null, null));
                        });
        return stacks;
    }

    private static List<Scoreboard> others(
            Pass pass, Plan plan, long seed, Participants field, Collection<String> notes) {
        List<Method> baselines = new ArrayList<>();
        for (Chosen one : field.baselines(plan, seed)) {
            baselines.add(Method.of(one.name(), one.baseline()));
            notes.add("Baseline %s: %s.".formatted(one.name(), one.settings()));
        }
        return pass.run(baselines, steps -> {});
    }

    /** Returns the untrained baselines of a plan's protocol. */
    static List<Chosen> baselines(Plan plan, long seed) {
        int items = plan.trace().items();
        return plan.rules().after() == Plan.After.FORGET
                ? Baselines.ofSplit(items, seed)
                : Baselines.ofStream(!plan.isStream(), items, choice(plan), seed);
    }

    /**
     * Returns the choice of the baselines' settings: on a stream what counts is Recall@10, then
     * MRR@10, before a test MRR@20.
     */
    static SettingsChoice choice(Plan plan) {
        Pass pass = new Pass(plan.choice());
        int depth = plan.depth();
        return new SettingsChoice(
                baseline -> {
                    Scoreboard board =
                            pass.run(List.of(Method.of("variant", baseline)), step -> {})
                                    .getFirst();
                    int hits = 0;
                    double reciprocals = 0;
                    for (int at = 0; at < board.moments().size(); at++) {
                        hits += board.hit(at, depth) ? 1 : 0;
                        reciprocals += board.reciprocal(at, depth);
                    }
                    return new Result(plan.isStream() ? hits : reciprocals, reciprocals);
                },
                plan.isStream() ? "on the first 30 %" : "on the last 20 % before the test");
    }

    private Report report(
            Sheet sheet,
            List<List<Scoreboard>> boards,
            Participants field,
            Collection<String> settings) {
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
        field.compared().addTo(entries, sheet.columns());
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

    /**
     * Who takes part in an evaluation.
     *
     * @param strategy combines the sources' signals into the score of the blend
     * @param only names of the only participants; empty for all
     * @param compared other stacks whose blends are compared
     * @param losses table of the blend's losses that is filled, or null
     */
    record Participants(
            Strategy strategy,
            List<String> only,
            ComparedStacks compared,
            @Nullable LossTable losses) {
        /**
         * Returns the parts of the product, the blend first if it takes part. Another strategy
         * takes part under its name where it is asked for: it ranks by the same model as the blend.
         *
         * @param places number of items that the blend ranks
         */
        List<Contender> product(int places) {
            List<Contender> product = new ArrayList<>();
            product.add(Contender.blend(strategy, places));
            product.addAll(Contender.sources());
            product.removeIf(one -> !only.isEmpty() && !only.contains(one.name()));
            for (String name : Strategy.NAMES.split(", ", -1)) {
                if (only.contains(name)) {
                    product.add(Contender.compared(name, Strategy.of(name).orElseThrow(), places));
                }
            }
            for (String name : Reranker.NAMES) {
                if (only.contains(name)) {
                    product.add(Contender.reranked(name, places));
                }
            }
            return product;
        }

        /**
         * Returns the participating baselines; none are created if only parts of the product take
         * part.
         *
         * @throws CommandException for an unknown name
         */
        List<Chosen> baselines(Plan plan, long seed) {
            Set<String> others = new HashSet<>(only);
            product(1).forEach(one -> others.remove(one.name()));
            if (!only.isEmpty() && others.isEmpty()) {
                return List.of();
            }
            List<Chosen> all = Evaluation.baselines(plan, seed);
            List<String> names = new ArrayList<>(all.stream().map(one -> one.name()).toList());
            if (!names.containsAll(others)) {
                names.forEach(others::remove);
                Contender.sources().forEach(source -> names.addFirst(source.name()));
                names.addFirst(Contender.BLEND);
                throw new CommandException(
                        "--only: unknown name %s. Use one of %s."
                                .formatted(String.join(", ", others), String.join(", ", names)));
            }
            return all.stream().filter(one -> only.isEmpty() || only.contains(one.name())).toList();
        }
    }
}
