package dev.freshet.model;

import dev.freshet.model.basket.Baskets;
import dev.freshet.model.item.WaitingInteractions;
import dev.freshet.model.learn.LearnedState;
import dev.freshet.model.memory.MemoryNames;
import dev.freshet.model.part.ModelPart;
import dev.freshet.model.popularity.ModelTotals;
import dev.freshet.model.popularity.ScopedCounts;
import dev.freshet.model.popularity.Windows;
import dev.freshet.model.sums.ExperimentOutcomes;
import dev.freshet.model.sums.ItemAudience;
import dev.freshet.model.sums.Outcomes;
import dev.freshet.model.sums.TopicWindows;
import dev.freshet.model.vectors.Terms;
import java.util.List;
import java.util.function.Function;

/**
 * The list of all parts of the model, and, as an immutable value, what each of them is in one
 * version of a model. A part that is added to the list is folded by the trainer and by followers,
 * is in snapshots, and can be asked of a {@link Model}.
 */
final class ModelParts {
    /** All parts, in the order in which they fold an example, and of a snapshot's bytes. */
    static final List<ModelPart<?>> ALL =
            List.of(
                    ModelClock.PART,
                    ModelTotals.PART,
                    HighWaterMarks.PART,
                    ItemRows.PART,
                    ScopedCounts.PART,
                    Baskets.PART,
                    Terms.PART,
                    Windows.PART,
                    LearnedState.PART,
                    WaitingInteractions.PART,
                    Outcomes.PART,
                    ExperimentOutcomes.PART,
                    ItemAudience.PART,
                    TopicWindows.PART,
                    MemoryNames.PART);

    static {
        for (int at = 0; at < ALL.size(); at++) {
            if (ALL.get(at).at() != at) {
                throw new IllegalStateException("No part of the model, or two, at position " + at);
            }
        }
    }

    /** The parts before the first example. */
    static final ModelParts EMPTY = of(ModelPart::empty);

    private final Object[] values;

    private ModelParts(Object[] values) {
        this.values = values;
    }

    /** Returns parts of which each has the value that a function returns for it. */
    static ModelParts of(Function<ModelPart<?>, Object> value) {
        return new ModelParts(ALL.stream().map(value).toArray());
    }

    /** Returns the value of a part. */
    @SuppressWarnings("unchecked") // a value is put under its part alone
    <V> V get(ModelPart<V> part) {
        return (V) values[part.at()];
    }

    /** Returns a copy in which a part has another value. */
    <V> ModelParts with(ModelPart<V> part, V value) {
        Object[] copy = values.clone();
        copy[part.at()] = value;
        return new ModelParts(copy);
    }
}
