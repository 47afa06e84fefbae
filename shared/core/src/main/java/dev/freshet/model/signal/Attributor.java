package dev.freshet.model.signal;

/**
 * One part of the model, asked what its signals of a candidate would lose without each of a
 * reader's acts. Whoever fills a signal from the taste and wants its acts named has a mover, and a
 * line in {@link Attributors}. Made per request, for the candidates that are answered with.
 */
sealed interface Attributor
        permits AffinityAttributor,
                ContentAttributor,
                EmbeddingAttributor,
                FactorsAttributor,
                FollowedAttributor,
                TypicalItemAttributor,
                NextItemAttributor,
                CoOccurrenceAttributor {
    /**
     * Tells what one candidate loses.
     *
     * @param at which of the candidates, from 0
     * @param losses told by signal and act
     */
    void leave(int at, ScoreLoss losses);
}
