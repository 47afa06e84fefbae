package dev.freshet.functions.runtime;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * Randomness that no two processes share, also where both were restored from one snapshot of a
 * process's memory (Lambda SnapStart): after a restore it begins anew. Ids of recommendations,
 * events and seeds of exploration come from here. Safe for many threads if its sources are.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html">Handling
 *     uniqueness with Lambda SnapStart</a>
 */
public final class Entropy implements RandomGenerator, Resource {
    private final Supplier<RandomGenerator> sources;
    private volatile RandomGenerator source;

    /**
     * From a first source; others follow with each restore.
     *
     * @param sources a new one at each call, seeded by the machine
     */
    public Entropy(Supplier<RandomGenerator> sources) {
        this.sources = sources;
        this.source = sources.get();
    }

    /** The same, renewed by the runtime's hooks. */
    static Entropy renewed(Supplier<RandomGenerator> sources) {
        Entropy entropy = new Entropy(sources);
        Core.getGlobalContext().register(entropy);
        return entropy;
    }

    @Override
    public long nextLong() {
        return source.nextLong();
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {}

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        source = sources.get();
    }
}
