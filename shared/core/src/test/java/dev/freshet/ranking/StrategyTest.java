package dev.freshet.ranking;

import static dev.freshet.testkit.Site.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.candidate.CandidateSource;
import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.candidate.Requests;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.signal.CoOccurrenceSignals;
import dev.freshet.model.signal.Signal;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.Source;
import dev.freshet.model.signal.SourceWeight;
import dev.freshet.model.signal.TrendingSignals;
import dev.freshet.ranking.Strategy.ScaledStrategy;
import dev.freshet.ranking.Strategy.StackingStrategy;
import dev.freshet.ranking.Strategy.SwitchingStrategy;
import dev.freshet.ranking.Strategy.WeightedStrategy;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrategyTest {
    /** Twenty articles; the later ones are read by more and more, and one is read by all. */
    private static Site site() {
        Site site = new Site();
        for (int i = 0; i < 20; i++) {
            site.put(article("a" + i, "Article " + i));
        }
        for (int i = 0; i < 20; i++) {
            site.crowdReads(1 + i, Duration.ofMinutes(300 - 10 * i), "a" + i, "a19");
        }
        return site;
    }

    private final RequestContext request = Requests.ofNobody(site());
    private final Candidates candidates =
            Candidates.gather(request, CandidateSource.ofFamilies(), List.of(), 10);

    @Test
    void eachStrategyHasANameAndNoOtherNameHasOne() {
        for (String name : Strategy.NAMES.split(", ", -1)) {
            assertThat(Strategy.of(name)).isPresent();
        }
        assertThat(Strategy.of(Strategy.USUAL)).contains(new StackingStrategy());
        assertThat(Strategy.of("shaken")).isEmpty();
    }

    @Test
    void everyStrategyRanksEveryCandidateAndReportsThemApart() {
        for (Strategy strategy :
                List.of(new StackingStrategy(), new WeightedStrategy(), new SwitchingStrategy())) {
            RankedCandidates blended =
                    new Blend(strategy, Blend.WITH_HISTORY).rank(request, candidates, List.of());
            assertThat(blended.ranked().size()).isEqualTo(candidates.size());
            assertThat(blended.ranked().score(0))
                    .as(strategy.toString())
                    .isGreaterThan(blended.ranked().score(candidates.size() - 1));
        }
    }

    @Test
    void stackingMixesLearnedWeightsWithThoseOfTheEnsembleByTheChoicesLearned() {
        float[][] learned = request.model().blend().weights(request.signals().bucket());
        float[][] ensemble = new WeightedStrategy().weights(request, candidates).byClass();
        double share = request.model().blend().steps() / 2_000.0;
        assertThat(share).isBetween(0.001, 0.9);
        float[][] weights = new StackingStrategy().weights(request, candidates).byClass();
        for (int age = 0; age < learned.length; age++) {
            for (int at = 0; at < learned[age].length; at++) {
                double mean = share * learned[age][at] + (1 - share) * ensemble[age][at];
                assertThat(weights[age][at]).isCloseTo((float) mean, within(1e-6f));
            }
        }
    }

    @Test
    void aFactorOnASourceMultipliesItsWeightsAndNoOthers() {
        float[][] plain = new StackingStrategy().weights(request, candidates).byClass();
        float[][] scaled =
                new ScaledStrategy(new StackingStrategy(), Map.of("trending", 3.0))
                        .weights(request, candidates)
                        .byClass();

        for (int age = 0; age < plain.length; age++) {
            for (Signal signal : SignalFamilies.SIGNALS) {
                float factor = signal.source().equals(TrendingSignals.SOURCE) ? 3 : 1;
                assertThat(scaled[age][signal.at()])
                        .as(signal.name())
                        .isEqualTo(factor * plain[age][signal.at()]);
            }
        }
    }

    @Test
    void fromTwoThousandChoicesOnStackingUsesTheLearnedWeightsAlone() {
        assertThat(StackingStrategy.share(0)).isZero();
        assertThat(StackingStrategy.share(1_000)).isEqualTo(0.5);
        assertThat(StackingStrategy.share(2_000)).isEqualTo(1);
        assertThat(StackingStrategy.share(1_000_000)).isEqualTo(1);
    }

    @Test
    void switchingGivesAllTheWeightToTheBestSourceThatReportsAnythingApart() {
        SourceScores scores = new SourceScores(request, candidates);
        Source best =
                SignalFamilies.SCORED.stream()
                        .filter(scores::distinguishes)
                        .max((a, b) -> Double.compare(scores.performance(a), scores.performance(b)))
                        .orElseThrow();
        float[] weights = new SwitchingStrategy().weights(request, candidates).byClass()[0];
        for (Signal signal : SignalFamilies.SIGNALS) {
            if (!signal.source().equals(best)) {
                assertThat(weights[signal.at()]).as(signal.name()).isZero();
            }
        }
        assertThat(weights).isNotEqualTo(new float[weights.length]);
        // Nobody is known here, so nothing goes together, and that source is passed over.
        assertThat(scores.distinguishes(CoOccurrenceSignals.SOURCE)).isFalse();
    }

    @Test
    void theEnsembleWeighsSourcesByHowWellTheyWereMeasuredToDo() {
        SourceScores scores = new SourceScores(request, candidates);
        double all = 0;
        for (Source source : SignalFamilies.SCORED) {
            all += scores.distinguishes(source) ? scores.performance(source) : 0;
        }
        float[] weights = new WeightedStrategy().weights(request, candidates).byClass()[0];
        float[] alone = new float[weights.length];
        double share = scores.performance(TrendingSignals.SOURCE) / all;
        scores.add(TrendingSignals.SOURCE, WeightedStrategy.WORTH * share, alone);
        assertThat(share).isPositive();
        for (Signal signal : SignalFamilies.SIGNALS) {
            if (signal.source().equals(TrendingSignals.SOURCE)) {
                assertThat(weights[signal.at()]).isCloseTo(alone[signal.at()], within(1e-6f));
            }
        }
    }

    @Test
    void whatSourcesAreWorthIsReportedInSharesThatSumToOne() {
        for (HistoryLength historyLength : HistoryLength.values()) {
            List<SourceWeight> worths = SourceWeight.of(request.model().blend(), historyLength);
            assertThat(worths.stream().mapToDouble(SourceWeight::weight).sum())
                    .isCloseTo(1, within(1e-6));
            assertThat(worths)
                    .extracting(SourceWeight::performance)
                    .allMatch(p -> p >= 0 && p <= 1);
            assertThat(worths).extracting(SourceWeight::source).doesNotHaveDuplicates();
        }
    }
}
