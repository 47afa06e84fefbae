package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Deployments of a function in simulated steps, as Lambda has them: code and environment of the
 * function change by two calls in any order, a version keeps what both were, and an alias names a
 * version, or two while a canary runs. Deployments fail and are undone, and operators roll back.
 * After each step somebody invokes the function by the name that the template gives to what invokes
 * it, and must find code and environment of one deployment.
 */
class MixedVersionsTest {
    private static final int RUNS = 1_000;
    private static final int DEPLOYMENTS = 12;

    @Test
    void noInvocationHasTheCodeOfOneDeploymentAndTheEnvironmentOfAnother() {
        Map<String, String> named = new TreeMap<>();
        for (Synthesized stack : Synthesized.kinds()) {
            named.putAll(invoked(stack));
        }
        assertThat(named.keySet()).contains("EventsMapping", "ExamplesMapping", "CompactEveryHour");
        named.forEach(
                (invoker, target) ->
                        assertThat(mixed(target.endsWith("Live")))
                                .as("a seed that mixes versions for %s", invoker)
                                .isZero());
    }

    @Test
    void whoInvokesTheFunctionItselfFindsBoth() {
        assertThat(mixed(false)).isPositive();
    }

    /**
     * Returns what mappings, rules and permissions name. The functions that look after streams, and
     * the one that tries the API, read nothing that another release wrote.
     */
    private static Map<String, String> invoked(Synthesized stack) {
        Map<String, String> named = new TreeMap<>();
        stack.ofType("AWS::Lambda::EventSourceMapping")
                .forEach(
                        (id, mapping) ->
                                named.put(id, Synthesized.text(mapping.path("FunctionName"))));
        stack.ofType("AWS::Events::Rule")
                .forEach(
                        (id, rule) ->
                                rule.path("Targets")
                                        .forEach(
                                                target ->
                                                        named.put(
                                                                id,
                                                                Synthesized.text(
                                                                        target.path("Arn")))));
        stack.ofType("AWS::Lambda::Permission")
                .forEach(
                        (id, permission) ->
                                named.put(id, Synthesized.text(permission.path("FunctionName"))));
        named.values().removeIf(Set.of("Retain", "Scale", "Canary")::contains);
        named.values().removeIf(id -> !stack.resource(id).path("Type").asText().contains("Lambda"));
        return named;
    }

    /** Returns the first seed in which an invocation is mixed; 0 if none is. */
    private static long mixed(boolean byAlias) {
        for (long seed = 1; seed <= RUNS; seed++) {
            if (new Deployments(seed, byAlias).run()) {
                return seed;
            }
        }
        return 0;
    }

    /** What an invocation runs: the numbers of the deployments of its code and environment. */
    private record Running(int code, int environment) {}

    private static final class Deployments {
        private final Random random;
        private final boolean byAlias;
        private final List<Running> published = new ArrayList<>(List.of(new Running(0, 0)));
        private Running latest = published.getFirst();
        private List<Running> live = List.of(latest);
        private boolean isMixed;

        Deployments(long seed, boolean byAlias) {
            random = new Random(seed);
            this.byAlias = byAlias;
        }

        boolean run() {
            for (int number = 1; number <= DEPLOYMENTS; number++) {
                Running before = latest;
                List<Running> liveBefore = live;
                update(new Running(number, number));
                published.add(latest);
                invoke();
                live = List.of(liveBefore.getLast(), latest);
                invoke();
                boolean fails = random.nextInt(3) == 0;
                live = fails ? liveBefore : List.of(latest);
                invoke();
                if (fails) {
                    update(before);
                    published.removeLast();
                } else if (random.nextInt(3) == 0) {
                    live = List.of(published.get(random.nextInt(published.size())));
                    invoke();
                }
            }
            return isMixed;
        }

        private void update(Running to) {
            boolean codeFirst = random.nextBoolean();
            latest =
                    codeFirst
                            ? new Running(to.code(), latest.environment())
                            : new Running(latest.code(), to.environment());
            invoke();
            latest = to;
            invoke();
        }

        private void invoke() {
            Running running = byAlias ? live.get(random.nextInt(live.size())) : latest;
            isMixed |= running.code() != running.environment();
        }
    }
}
