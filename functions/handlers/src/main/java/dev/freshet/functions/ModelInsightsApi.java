package dev.freshet.functions;

import dev.freshet.insight.QualityInsights;
import dev.freshet.insight.SourceInsights;
import dev.freshet.insight.TrendingInsights;
import java.time.InstantSource;
import java.util.Map;

/**
 * The operations that answer what the sources of candidates are worth, what most users take, and
 * how good what arrives is.
 */
final class ModelInsightsApi {
    private final SourceInsights sources;
    private final TrendingInsights trending;
    private final QualityInsights quality;
    private final InstantSource clock;

    ModelInsightsApi(
            SourceInsights sources,
            TrendingInsights trending,
            QualityInsights quality,
            InstantSource clock) {
        this.sources = sources;
        this.trending = trending;
        this.quality = quality;
        this.clock = clock;
    }

    Map<String, HttpHandler.OperationHandler> operations() {
        return Map.of(
                "getSourceInsights",
                request ->
                        InsightsResponse.of(
                                request, sources.answer(request.query(), clock.instant())),
                "getTrendingInsights",
                request -> InsightsResponse.of(request, trending.answer(request.query()), "items"),
                "getQualityInsights",
                request -> InsightsResponse.of(request, quality.answer(clock.instant())));
    }
}
