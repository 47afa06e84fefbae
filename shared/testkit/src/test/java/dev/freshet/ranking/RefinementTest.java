package dev.freshet.ranking;

import static dev.freshet.testkit.Site.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.candidate.CandidateSource;
import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.features.History;
import dev.freshet.model.blend.Residual;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.profile.UserProfile;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RefinementTest {
    private static final int ITEMS = 150;

    private static RequestContext request() {
        Site site = new Site();
        for (int i = 0; i < ITEMS; i++) {
            site.put(article("a" + i, "Title " + i, "tag" + i % 7));
        }
        for (int i = 0; i < ITEMS; i++) {
            site.crowdReads(3 + i % 9, Duration.ofHours(1 + i), "a" + i);
        }
        return RequestContext.of(
                Site.query("{}"),
                RequestContext.NO_ITEM,
                UserProfile.absent(""),
                History.EMPTY,
                site.model(),
                Site.NOW);
    }

    private final RequestContext request = request();
    private final Candidates candidates =
            Candidates.gather(request, CandidateSource.ofFamilies(), List.of(), 100);
    private final BlendedScores plain =
            new Blend(new StackingStrategy(), 0).rank(request, candidates, List.of());
    private final float[] weights = weights();

    private static float[] weights() {
        SplittableRandom random = new SplittableRandom(4);
        float[] weights = new float[SignalFamilies.COUNT];
        for (int at = 0; at < weights.length; at++) {
            weights[at] = (float) random.nextGaussian(0, 0.5);
        }
        return weights;
    }

    private BlendedScores refined() {
        Refinement refinement = Refinement.of(weights, request.signals(), plain.ranked());
        return new BlendedScores(
                refinement.applied(plain.ranked(), request.signals()),
                plain.weights(),
                refinement,
                plain.usual(),
                plain.likeness(),
                plain.usualLikeness());
    }

    @Test
    void weightsOfZeroChangeNoScore() {
        ItemScores ranked = plain.ranked();
        ItemScores refined =
                Refinement.of(new float[SignalFamilies.COUNT], request.signals(), ranked)
                        .applied(ranked, request.signals());
        assertThat(refined.items()).isEqualTo(ranked.items());
        assertThat(refined.scores()).isEqualTo(ranked.scores());
        assertThat(Refinement.NONE.applied(ranked, request.signals())).isSameAs(ranked);
    }

    @Test
    void onlyTheFirstItemsAreRefinedAndWithinTheBound() {
        BlendedScores refined = refined();
        assertThat(candidates.size()).isGreaterThan(Residual.FIRST);
        int moved = 0;
        for (int rank = 0; rank < plain.ranked().size(); rank++) {
            int item = plain.ranked().item(rank);
            float added = refined.ranked().score(refined.rank(item)) - plain.ranked().score(rank);
            if (rank < Residual.FIRST) {
                moved += added != 0 ? 1 : 0;
                assertThat(Math.abs(added)).isLessThan((float) Residual.BOUND + 1e-3f);
            } else {
                assertThat(added).isZero();
            }
        }
        assertThat(moved).isGreaterThan(Residual.FIRST / 2);
    }

    @Test
    void refinedItemsAreBestFirstAndNoneIsLost() {
        ItemScores refined = refined().ranked();
        for (int rank = 1; rank < refined.size(); rank++) {
            assertThat(refined.score(rank)).isLessThanOrEqualTo(refined.score(rank - 1));
        }
        assertThat(Arrays.stream(refined.items()).sorted())
                .containsExactlyElementsOf(
                        Arrays.stream(plain.ranked().items()).sorted().boxed().toList());
    }

    @Test
    void thePartsOfAScoreAddUpToItsDistanceFromThatOfTheMeanCandidate() {
        BlendedScores refined = refined();
        // The weights depend on the age of an item, so only items of one age have one mean.
        float[] first = refined.weights().of(request, refined.ranked().item(0));
        double usual = 0;
        for (int at = 0; at < first.length; at++) {
            usual += first[at] * refined.usual()[at];
        }
        int explained = 0;
        for (int rank = 0; rank < refined.ranked().size(); rank++) {
            int item = refined.ranked().item(rank);
            if (Arrays.equals(refined.weights().of(request, item), first)) {
                ScoreParts parts = ScoreParts.of(request, refined, rank, 0);
                double sum =
                        parts.signals().stream()
                                .mapToDouble(ScoreParts.SignalPart::contribution)
                                .sum();
                assertThat(sum + parts.likeness() + parts.boost())
                        .isCloseTo(refined.ranked().score(rank) - usual, within(1e-3));
                assertThat(parts.boost()).isZero();
                explained++;
            }
        }
        assertThat(explained).isGreaterThan(10);
    }

    @Test
    void theSharesOfSourcesContainTheRefinement() {
        BlendedScores refined = refined();
        int item = refined.ranked().item(0);
        double[] shares = SourceShares.of(request, refined, candidates, item, 0).contributions();
        double sum = Arrays.stream(shares).sum();
        double parts = 0;
        for (float one : refined.contributions(request, item)) {
            parts += one;
        }
        assertThat(sum).isCloseTo(parts, within(0.02));
        assertThat(refined.contributions(request, item))
                .isNotEqualTo(plain.contributions(request, item));
    }
}
