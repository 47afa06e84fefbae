package dev.freshet.recommend;

import dev.freshet.candidate.Visit;
import dev.freshet.event.ExposureToken;
import dev.freshet.event.Signer;
import dev.freshet.feature.Item;
import dev.freshet.ranking.Ranked;
import java.util.ArrayList;
import java.util.List;

/**
 * The last stage: a list becomes an answer, with names, the exposure token, and what was left out.
 */
public final class Answers {
    /** Until there are experiments. */
    private static final String NO_ARM = "";

    private final Signer signer;

    /**
     * Answers under one stack's secret.
     *
     * @param signer derived by {@link Signer#EXPOSURE}
     */
    public Answers(Signer signer) {
        this.signer = signer;
    }

    Recommendations of(
            RecommendationId id,
            String placement,
            Visit visit,
            List<Ranked> list,
            Serving serving,
            Known known) {
        List<RecommendedItem> items = new ArrayList<>(list.size());
        List<ExposureToken.Shown> shown = new ArrayList<>(list.size());
        for (Ranked ranked : list) {
            Item item = visit.model().items().item(ranked.item());
            items.add(
                    new RecommendedItem(
                            item.itemId(),
                            item.title(),
                            ranked.score(),
                            items.size() + 1,
                            ranked.reasons()));
            shown.add(
                    new ExposureToken.Shown(item.itemId(), ranked.propensity(), ranked.sources()));
        }
        List<String> degraded = new ArrayList<>(known.missing());
        degraded.addAll(serving.troubles());
        return new Recommendations(
                id.toString(),
                items,
                new ExposureToken(
                                id.toString(),
                                placement,
                                NO_ARM,
                                serving.version(),
                                visit.now(),
                                shown)
                        .sign(signer),
                serving.version(),
                serving.age(),
                known.reflects(),
                degraded);
    }
}
