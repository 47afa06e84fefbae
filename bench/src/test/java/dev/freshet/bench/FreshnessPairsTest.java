package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.demo.Latencies;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FreshnessPairsTest {

    private static Latencies times(int... millis) {
        Latencies times = new Latencies();
        for (int one : millis) {
            times.add(Duration.ofMillis(one));
        }
        return times;
    }

    @Test
    void eachPairHasItsRatioAndAllTimesTogetherHaveOne() {
        FreshnessPairs pairs = new FreshnessPairs();
        pairs.add(1, times(50, 100), times(50, 110), 2.5, 40);
        pairs.add(2, times(50, 200), times(50, 180), 3.5, 60);

        JsonNode json = new ObjectMapper().valueToTree(pairs.figures());

        assertThat(json.at("/pairs/0/p99Ratio").asDouble()).isCloseTo(1.1, within(.011));
        assertThat(json.at("/pairs/1/p99Ratio").asDouble()).isCloseTo(.9, within(.011));
        assertThat(json.at("/pairs/1/arrivals").asInt()).isEqualTo(60);
        assertThat(json.path("medianP99Ratio").asDouble()).isCloseTo(1, within(.011));
        assertThat(json.path("p99Ratio").asDouble()).isCloseTo(.9, within(.011));
        assertThat(json.at("/withLakeMs/count").asInt()).isEqualTo(4);
        assertThat(pairs.text().toString())
                .contains("seed 2 with a lake", "median of the pairs 1.00");
    }

    @Test
    void theMedianOfAnOddNumberIsTheOneInTheMiddle() {
        FreshnessPairs pairs = new FreshnessPairs();
        pairs.add(1, times(100), times(300), 1, 1);
        pairs.add(2, times(100), times(100), 1, 1);
        pairs.add(3, times(100), times(150), 1, 1);

        assertThat(pairs.figures().medianP99Ratio()).isCloseTo(1.5, within(.02));
    }
}
