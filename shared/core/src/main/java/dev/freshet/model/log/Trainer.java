package dev.freshet.model.log;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.example.Example;
import dev.freshet.model.Delta;
import dev.freshet.model.DeltaCodec;
import dev.freshet.model.Model;
import dev.freshet.model.ModelDraft;
import dev.freshet.model.memory.LongMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * One step of training: {@code Model × Examples → Model}. Equal examples in equal order give equal
 * bytes.
 */
public final class Trainer {
    private Trainer() {}

    /**
     * The result of training on a batch.
     *
     * @param model the next version
     * @param delta encoded by {@link DeltaCodec}; empty when no example was applied, and there is
     *     no next version
     * @param applied number of examples applied
     * @param skipped number of examples that had been applied before
     * @param beyondBounds number of examples that were left out for want of room
     * @param boundedMoves number of moves of a blend weight that were cut short at its bound
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Step(
            Model model,
            byte[] delta,
            int applied,
            int skipped,
            long beyondBounds,
            int boundedMoves) {
        /** Returns whether no example was applied. */
        public boolean isEmpty() {
            return applied == 0;
        }
    }

    /** Folds a batch of examples into a model, under the model's own treatment of items. */
    public static Step train(Model model, List<Example> examples) {
        return train(model, model.settings().catalogue(), examples);
    }

    /**
     * Folds a batch of examples into a model.
     *
     * @param catalogue what is done with items that are in no catalogue
     */
    public static Step train(Model model, CatalogueMode catalogue, List<Example> examples) {
        return train(model, catalogue, examples, LongMemory.Loader.LATER);
    }

    /**
     * Folds a batch of examples into a model.
     *
     * @param catalogue what is done with items that are in no catalogue
     * @param loader loads the neighbours that examples name
     */
    public static Step train(
            Model model,
            CatalogueMode catalogue,
            List<Example> examples,
            LongMemory.Loader loader) {
        ModelDraft draft = model.draft(loader);
        draft.catalogue(catalogue);
        List<Example> applied = new ArrayList<>(examples.size());
        for (Example example : examples) {
            if (draft.apply(example)) {
                applied.add(example);
            }
        }
        if (applied.isEmpty()) {
            return new Step(model, new byte[0], 0, examples.size(), 0, 0);
        }
        Model next = draft.seal();
        byte[] delta =
                DeltaCodec.encode(new Delta(applied, next.marks(), catalogue, draft.learned()));
        return new Step(
                next,
                delta,
                applied.size(),
                examples.size() - applied.size(),
                next.totals().beyondBounds() - model.totals().beyondBounds(),
                draft.boundedMoves());
    }

    /** Folds a delta into a model as a follower. */
    public static Model follow(Model model, Delta delta) {
        ModelDraft draft = model.follower();
        draft.follow(delta);
        return draft.seal();
    }
}
