package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.bench.evaluate.Bootstrap.Interval;
import dev.freshet.bench.evaluate.Bootstrap.Measure;
import dev.freshet.bench.evaluate.Figure.Sense;
import dev.freshet.bench.evaluate.Report.Entry;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static final int PEOPLE = 400;

    @Test
    void equalSeedsDrawEqualSamples() {
        Measure measure = hits(0.4, 1);

        assertThat(new Bootstrap(50, 7).of(List.of(measure)))
                .isDeepEqualTo(new Bootstrap(50, 7).of(List.of(measure)));
        assertThat(new Bootstrap(50, 8).of(List.of(measure))[0])
                .isNotEqualTo(new Bootstrap(50, 7).of(List.of(measure))[0]);
    }

    @Test
    void samplesAreDistributedBinomially() {
        double[] draws = new Bootstrap(1_000, 7).of(List.of(hits(0.4, 1)))[0];
        double mean = Arrays.stream(draws).average().orElseThrow();
        double spread =
                Math.sqrt(
                        Arrays.stream(draws)
                                .map(draw -> (draw - mean) * (draw - mean))
                                .average()
                                .orElseThrow());

        assertThat(mean).isEqualTo(0.4, within(0.05));
        assertThat(spread).isEqualTo(Math.sqrt(0.4 * 0.6 / PEOPLE), within(0.003));
    }

    @Test
    void peopleAreResampledWithAllTheirMoments() {
        // One person has all moments: every sample gives its figure, or none if the person is not
        // drawn.
        Measure one =
                new Measure("recall@10", Sense.GAIN, new double[] {30, 0}, new double[] {100, 0});

        assertThat(new Bootstrap(100, 1).of(List.of(one))[0]).containsOnly(0.3, 0.0);
    }

    @Test
    void anErrorMayBeTheRootOfAMean() {
        Measure error =
                new Measure("rmse", Sense.ROOT_OF_ERROR, new double[] {4, 4}, new double[] {1, 1});

        assertThat(new Bootstrap(3, 1).of(List.of(error))[0]).containsOnly(2.0);
    }

    @Test
    void aDifferenceWhoseIntervalContainsZeroIsNone() {
        Entry leading = entry("blend", hits(0.40, 1));
        Entry twin = entry("twin", hits(0.40, 2));
        Entry worse = entry("worse", hits(0.10, 3));
        List<Comparison> all =
                Comparison.of(List.of(leading, twin, worse), new Bootstrap(1_000, 1));

        assertThat(all.get(0).leads()).isEmpty();
        assertThat(all.get(1).leads().values())
                .singleElement()
                .returns("none", Comparison.Lead::verdict);
        assertThat(all.get(2).leads().values())
                .singleElement()
                .returns("better", Comparison.Lead::verdict);
        assertThat(all.get(0).intervals().values())
                .singleElement()
                .matches(interval -> interval.holds(0.4));
    }

    @Test
    void differencesArePaired() {
        double[] sums = new double[PEOPLE];
        double[] more = new double[PEOPLE];
        double[] counts = new double[PEOPLE];
        Random random = new Random(5);
        for (int person = 0; person < PEOPLE; person++) {
            counts[person] = 10;
            sums[person] = random.nextInt(9);
            more[person] = sums[person] + 0.1;
        }
        Entry leading = entry("blend", new Measure("recall@10", Sense.GAIN, more, counts));
        Entry other = entry("other", new Measure("recall@10", Sense.GAIN, sums, counts));
        Comparison compared =
                Comparison.of(List.of(leading, other), new Bootstrap(200, 1)).getLast();

        assertThat(compared.leads().values())
                .singleElement()
                .returns("better", Comparison.Lead::verdict)
                .satisfies(lead -> assertThat(lead.by()).isEqualTo(0.01, within(1e-9)));
    }

    @Test
    void ofErrorsTheLowerIsBetter() {
        Comparison.Lead lead = new Comparison.Lead(-0.1, new Interval(-0.2, -0.05), Sense.ERROR);

        assertThat(lead.verdict()).isEqualTo("better");
    }

    private static Measure hits(double rate, long seed) {
        double[] hits = new double[PEOPLE];
        Random random = new Random(seed);
        for (int person = 0; person < PEOPLE; person++) {
            hits[person] = random.nextDouble() < rate ? 1 : 0;
        }
        return new Measure("recall@10", Sense.GAIN, hits, ones());
    }

    private static double[] ones() {
        double[] ones = new double[PEOPLE];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static Entry entry(String name, Measure measure) {
        LinkedHashMap<String, Double> figures = new LinkedHashMap<>();
        figures.put(
                measure.name(),
                Arrays.stream(measure.sums()).sum() / Arrays.stream(measure.counts()).sum());
        return new Entry(
                name,
                name.equals("blend") ? Method.Kind.BLEND : Method.Kind.BASELINE,
                figures,
                new LinkedHashMap<>(),
                List.of(measure));
    }
}
