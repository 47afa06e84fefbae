package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.demo.Latencies;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DistributionTest {

    @Test
    void percentilesAreThoseOfWhatWasMeasured() {
        Latencies times = new Latencies();
        for (int millis = 1; millis <= 1000; millis++) {
            times.add(Duration.ofMillis(millis));
        }
        Distribution found = Distribution.of(times);
        assertThat(found.count()).isEqualTo(1000);
        assertThat(found.p50()).isCloseTo(500, within(1.0));
        assertThat(found.p90()).isCloseTo(900, within(1.0));
        assertThat(found.p99()).isCloseTo(990, within(1.0));
        assertThat(found.max()).isCloseTo(1000, within(1.0));
    }

    @Test
    void nothingMeasuredIsReportedAsACountOfNone() {
        assertThat(Distribution.of(new Latencies()).count()).isZero();
    }

    @Test
    void rowsAlignWithTheHeading() {
        String row = new Distribution(1234, 1.23, 4.5, 67, 1890.1).toText("what");
        assertThat(row).hasSameSizeAs(Distribution.heading().toString());
        assertThat(row.split(" {2,}"))
                .containsExactly("what", "1,234", "1.2 ms", "4.5 ms", "67.0 ms", "1,890.1 ms");
    }
}
