package dev.freshet.ranking;

import static dev.freshet.testkit.Site.article;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.candidate.CandidateSource;
import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.candidate.Requests;
import dev.freshet.model.signal.ScopeSignals;
import dev.freshet.ranking.Strategy.StackingStrategy;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceSharesTest {
    /**
     * Means over the candidates are rounded, so that a signal that is the same for all of them is a
     * little above its mean.
     */
    @ParameterizedTest
    @ValueSource(ints = {40, 90, 150, 230, 300, 370, 450})
    void aSignalThatIsTheSameForAllCandidatesContributesNothing(int items) {
        Site site = new Site();
        for (int i = 0; i < items; i++) {
            site.put(article("a" + i, "Title " + i, "tag" + i % 7));
        }
        for (int i = 0; i < items / 2; i++) {
            site.crowdReads(3 + i % 9, Duration.ofHours(1 + i), "a" + i);
        }
        RequestContext request = Requests.ofNobody(site);
        Candidates candidates =
                Candidates.gather(request, CandidateSource.ofFamilies(), List.of(), 100);
        Blend blend = new Blend(new StackingStrategy(), Blend.WITH_HISTORY);
        RankedCandidates blended = blend.rank(request, candidates, List.of());

        for (int slot = 0; slot < candidates.size(); slot++) {
            double[] contributions =
                    SourceShares.of(request, blended, candidates.item(slot), blend.likenessWeight())
                            .contributions();
            assertThat(contributions[ScopeSignals.COUNTRY.index()]).isZero();
            assertThat(contributions[ScopeSignals.DEVICE.index()]).isZero();
        }
    }
}
