package dev.freshet.insight;

import static dev.freshet.insight.TrainedLog.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.data.Offset.offset;

import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.Quarantine.QuarantineReasons;
import dev.freshet.insight.Flow.Measurements;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.log.Replica;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.signal.SourceWeight;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.store.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers about sources, trends and quality, from a trainer and its stores. */
class ModelInsightsTest {

    private final TrainedLog trained = new TrainedLog(ModelSettings.DEFAULT);

    private InsightSources sources(
            Measurements measurements,
            Function<Instant, Optional<QuarantineReasons.Counts>> quarantine) {
        return new InsightSources(
                trained::newest,
                () -> new Replica.Status(1, trained.clock.instant(), 0, 0, null),
                measurements,
                trained.history,
                OutcomeReportTest.RULES,
                trained.trends,
                quarantine);
    }

    private SourceReport sources(Map<String, String> parameters, Instant now) {
        return SourceReport.of(sources(Measurements.NONE, _ -> Optional.empty()), parameters, now);
    }

    private TrendingReport trending(Map<String, String> parameters) {
        return TrendingReport.of(trained.newest().model(), parameters);
    }

    private Example taken(int user, String item, String country, Instant at) {
        return new Example.Interaction(
                trained.position(),
                new Pseudonym(user),
                Target.item(item),
                EventType.CLICK,
                1f,
                0,
                at,
                Context.of("mobile", country, 9));
    }

    /** Lets users take tea, milk and, in Brazil alone, mate. */
    private void hour(Instant at, int users) {
        List<Example> examples = new ArrayList<>();
        for (int user = 1; user <= users; user++) {
            int person = (int) (at.getEpochSecond() % 1_000_000) + user;
            examples.add(taken(person, "tea", "DE", at.plusSeconds(user)));
            if (user <= 4) {
                examples.add(taken(person, "milk", "DE", at.plusSeconds(user)));
            }
            if (user <= 6) {
                examples.add(taken(person, "mate", "BR", at.plusSeconds(user)));
            }
        }
        trained.learn(examples);
    }

    @Test
    void theWeightsOfAnHourAreThoseThatItEndedWith() {
        hour(NOON, 40);
        hour(NOON.plusSeconds(600), 40);
        List<SourceWeight> atItsEnd =
                SourceWeight.of(trained.newest().model().blend(), HistoryLength.THIN);
        assertThat(trained.newest().model().blend().steps()).as("learned").isPositive();

        assertThat(sources(Map.of(), NOON.plusSeconds(1_800)).history()).isEmpty();

        hour(NOON.plus(Duration.ofHours(1)), 40);
        SourceReport report = sources(Map.of(), NOON.plus(Duration.ofHours(2)));

        assertThat(report.history())
                .hasSize(3)
                .allMatch(hour -> hour.at().equals(NOON))
                .extracting(SourceReport.Hour::situation)
                .containsExactly("thin", "medium", "long");
        for (SourceWeight source : atItsEnd) {
            assertThat(report.history().getFirst().weights().get(source.source().wireName()))
                    .isCloseTo(source.weight(), offset(5e-5));
        }
        for (HistoryLength length : HistoryLength.values()) {
            assertThat(report.situations().get(length.at()).sources())
                    .isEqualTo(
                            SourceWeight.of(trained.newest().model().blend(), length).stream()
                                    .map(SourceReport.SourceFigures::of)
                                    .toList());
        }
        assertThat(report.modelVersion()).isEqualTo(3);
    }

    @Test
    void hoursBoundTheHistory() {
        hour(NOON, 40);
        hour(NOON.plus(Duration.ofHours(1)), 40);
        hour(NOON.plus(Duration.ofHours(2)), 40);
        Instant now = NOON.plus(Duration.ofHours(2)).plusSeconds(60);

        assertThat(sources(Map.of("hours", "0"), now).history()).isEmpty();
        assertThat(sources(Map.of("hours", "2"), now).history()).hasSize(3);
        assertThat(sources(Map.of("hours", "168"), now).history()).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource({"hours,169", "hours,-1", "hours,x", "hours,9999999999999", "days,1"})
    void otherHoursAreRefused(String name, String value) {
        assertThatThrownBy(() -> sources(Map.of(name, value), NOON))
                .isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void itemsOfFiveUsersAreNamedWithTheirUsersInTheWindowBefore() {
        hour(NOON, 8);
        hour(NOON.plus(Duration.ofHours(1)), 12);

        TrendingReport report = trending(Map.of());

        assertThat(report.from()).isEqualTo(NOON.plus(Duration.ofHours(1)));
        assertThat(report.items())
                .extracting(
                        Overview.ReadItem::itemId,
                        Overview.ReadItem::users,
                        Overview.ReadItem::usersBefore)
                .containsExactly(tuple("tea", 12L, 8L), tuple("mate", 6L, 6L));
        assertThat(report.scopes()).containsExactly("all", "country:BR", "country:DE");
        assertThat(trending(Map.of("scope", "country:BR")).items())
                .extracting(Overview.ReadItem::itemId)
                .containsExactly("mate");
        assertThat(trending(Map.of("scope", "country:FR")).items()).isEmpty();
        assertThat(trending(Map.of("scope", "tag:sport")).items()).isEmpty();
        assertThat(trending(Map.of("window", "P1D")).items().getFirst().users()).isEqualTo(20);
    }

    @Test
    void beforeAnythingWasLearnedNothingIsTrending() {
        assertThat(trending(Map.of()).items()).isEmpty();
        assertThat(trending(Map.of()).scopes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "scope,country:de",
        "scope,tag:",
        "scope,device:mobile",
        "scope,sources:thin",
        "window,PT2H",
        "window,1h",
        "of,all"
    })
    void otherScopesAndWindowsAreRefused(String name, String value) {
        assertThatThrownBy(() -> trending(Map.of(name, value)))
                .isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void qualityHasTheClicksOfTheModelAndWhatIsMeasured() {
        Flow flow =
                new Flow(
                        Flow.Source.PROCESS,
                        NOON,
                        List.of(),
                        null,
                        List.of(),
                        null,
                        true,
                        Map.of("no-item", 2L),
                        new Flow.ClockSkew(3, 0, 7));

        List<StoreUnavailableException> failures = new ArrayList<>();
        int[] counted = {0};
        QuarantineReasons.Counts counts =
                new QuarantineReasons.Counts(
                        List.of(new QuarantineReasons.Count("undecodable", 2, NOON)), true);
        CachedValue<QuarantineReasons.Counts> quarantine =
                new CachedValue<>(
                        _ -> {
                            if (++counted[0] > 1) {
                                throw new StoreUnavailableException("S3", new IOException("slow"));
                            }
                            return Optional.of(counts);
                        },
                        Duration.ofMinutes(1),
                        failures::add);
        InsightSources sources = sources(_ -> Optional.of(flow), quarantine::get);
        QualityReport report = QualityReport.of(sources, NOON);

        assertThat(report.clicks()).isZero();
        assertThat(report.impressionsWithoutToken()).isZero();
        assertThat(report.quarantine()).isEqualTo(counts.counts());
        assertThat(QualityReport.of(sources, NOON.plusSeconds(59)).quarantine())
                .isEqualTo(counts.counts());
        assertThat(counted[0]).as("counted once a minute").isEqualTo(1);
        assertThat(QualityReport.of(sources, NOON.plusSeconds(60)).quarantine())
                .isEqualTo(counts.counts());
        assertThat(failures).hasSize(1);
        assertThat(QualityReport.of(sources, NOON.plusSeconds(1_000)).quarantine())
                .as("too old to be told")
                .isNull();
        assertThat(report.arrivals()).isEqualTo(QualityReport.Arrivals.of(flow));
    }
}
