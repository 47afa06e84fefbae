package dev.freshet.model.signal;

/**
 * One part of the model, asked what its signals of a candidate would lose without each of a
 * reader's acts. Whoever fills a signal from the taste and wants its acts named has a mover, and a
 * line in {@link Movers}. Made per request, for the candidates that are answered with.
 */
sealed interface Mover
        permits AffinityMover,
                ContentMover,
                EmbeddingMover,
                FactorsMover,
                FollowedMover,
                TypicalItemAttributor,
                NextMover,
                TogetherMover {
    /**
     * Tells what one candidate loses.
     *
     * @param at which of the candidates, from 0
     * @param losses told by signal and act
     */
    void leave(int at, Losses losses);
}
