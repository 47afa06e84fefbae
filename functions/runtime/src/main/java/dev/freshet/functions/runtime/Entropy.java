package dev.freshet.functions.runtime;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * A source of randomness that differs between processes, even if they were restored from one memory
 * snapshot (Lambda SnapStart): it is reseeded after each restore. Ids of recommendations and events
 * and seeds of exploration come from here. It is thread-safe if its sources are.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html">Handling
 *     uniqueness with Lambda SnapStart</a>
 */
public final class Entropy implements RandomGenerator, Resource {
    private final Supplier<RandomGenerator> sources;
    private volatile RandomGenerator source;

    /**
     * Obtains the first source; each restore obtains another.
     *
     * @param sources returns at each call a new generator, seeded by the machine
     */
    public Entropy(Supplier<RandomGenerator> sources) {
        this.sources = sources;
        this.source = sources.get();
    }

    /** Returns an instance that the runtime's hooks reseed after a restore from a snapshot. */
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
