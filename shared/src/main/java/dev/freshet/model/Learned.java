package dev.freshet.model;

import dev.freshet.model.blend.BlendDraft;
import dev.freshet.model.blend.BlendState;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;

/**
 * What is learned by steps rather than counted, and so is dearer to fold than to copy: only the
 * trainer learns it, and deltas carry the rows that changed ({@link LearnedRows}).
 *
 * @param blend what the signals are worth
 * @param recent the items met latest; counted by whoever folds, like what stands outside of here
 */
record Learned(BlendState blend, Recent recent) {
    static final Learned EMPTY = new Learned(StartingWeights.BLEND, Recent.EMPTY);

    Draft draft() {
        return new Draft(this);
    }

    void write(ByteSink out) {
        blend.write(out);
        recent.write(out);
    }

    /**
     * @param items how many there are
     */
    static Learned read(ByteSource in, int items) {
        return new Learned(BlendState.read(in, StartingWeights.BLEND), Recent.read(in, items));
    }

    /** The mutable continuation. */
    static final class Draft {
        private final BlendDraft blend;
        private final Recent.Draft recent;

        private Draft(Learned from) {
            blend = from.blend.draft();
            recent = from.recent.draft();
        }

        BlendDraft blend() {
            return blend;
        }

        Recent.Draft recent() {
            return recent;
        }

        /** Takes over what a trainer learned. */
        void set(LearnedRows rows) {
            if (rows.blend() != null) {
                blend.set(rows.blend());
            }
        }

        /** What this draft learned since it began. */
        LearnedRows changed() {
            return new LearnedRows(blend.changed());
        }

        Learned peek() {
            return new Learned(blend.peek(), recent.peek());
        }

        Learned seal() {
            return new Learned(blend.seal(), recent.seal());
        }
    }
}
