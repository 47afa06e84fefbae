package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.functions.runtime.MetricName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code docs/metrics.md} to the definitions of the metrics and to the alarms of the
 * templates.
 */
class MetricsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "metrics.md");
    private static final String NAMESPACE = "Freshet";
    private static final Pattern ON_A_GRAPH = Pattern.compile("\"Freshet\",\"(\\w+)\"");

    private static final Set<String> DEFINED =
            Arrays.stream(MetricName.values())
                    .filter(metric -> metric.publishing() != MetricName.Publishing.NEVER)
                    .map(MetricName::text)
                    .collect(Collectors.toSet());

    @Test
    void thePageListsEveryMetricWithItsAlarms() throws IOException {
        String page = page();

        if (Boolean.getBoolean("freshet.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page);
    }

    @Test
    void noTwoMetricsShareAName() {
        assertThat(Arrays.stream(MetricName.values()).map(MetricName::text))
                .doesNotHaveDuplicates();
    }

    @Test
    void alarmsAndDashboardReadMetricsThatAreWritten() {
        String dashboard = Synthesized.dev().resource("Dashboard").path("Properties").toString();
        List<String> shown =
                ON_A_GRAPH
                        .matcher(dashboard.replace("\\", ""))
                        .results()
                        .map(found -> found.group(1))
                        .toList();

        assertThat(alarms().keySet()).isNotEmpty().isSubsetOf(DEFINED);
        assertThat(shown).isNotEmpty().isSubsetOf(DEFINED);
    }

    /** Returns the names of alarms by the metric that they watch, for both kinds of consumers. */
    private static Map<String, Set<String>> alarms() {
        Map<String, Set<String>> alarms = new TreeMap<>();
        for (Synthesized stack : List.of(Synthesized.watched(), Synthesized.worker())) {
            for (Map.Entry<String, JsonNode> alarm :
                    stack.ofType("AWS::CloudWatch::Alarm").entrySet()) {
                if (alarm.getValue().path("Namespace").asText().equals(NAMESPACE)) {
                    alarms.computeIfAbsent(
                                    alarm.getValue().path("MetricName").asText(),
                                    metric -> new TreeSet<>())
                            .add("`" + alarm.getKey().replaceFirst("Alarm$", "") + "`");
                }
            }
        }
        return alarms;
    }

    private static String page() {
        Map<String, Set<String>> alarms = alarms();
        StringBuilder page = new StringBuilder(START);
        for (MetricName metric : MetricName.values()) {
            page.append(
                    "| `%s` | %s | %s | %s | %s | %s |%n"
                            .formatted(
                                    metric.text(),
                                    metric.unit(),
                                    metric.publishing().words(),
                                    metric.writer(),
                                    metric.meaning(),
                                    String.join(
                                            ", ", alarms.getOrDefault(metric.text(), Set.of()))));
        }
        return page.append(END).toString();
    }

    private static final String START =
            """
            # Metrics

            This page lists the metrics that Freshet writes itself and the fields of its log lines. It is generated from the definitions in
            [`MetricName`](../functions/runtime/src/main/java/dev/freshet/functions/runtime/MetricName.java) and the alarms of the stack; a test
            fails if it differs from them. To write it again:

            ```sh
            ./mvnw -q test -pl infra -am -Dtest=MetricsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dfreshet.update=true
            ```

            ## Metrics of the functions and the worker

            The namespace is `Freshet`, the dimensions are `Stage` and `ModelId`. Values are written as a log line in the CloudWatch embedded
            metric format, one line for an invocation or batch. The column *metric* says of which values CloudWatch makes metrics, at $0.30 a
            month for each name: always, unless the value is 0, or not at all; the latter are fields of the line, for CloudWatch Logs Insights. A
            field that is missing is 0. The worker writes the metrics of *features* and *train* in their place.
            What an alarm means and what to do is in [Operate](operate.md#alarms); alarms on metrics of AWS services are listed there too.

            | name | unit | metric | written by | meaning | alarm |
            |---|---|---|---|---|---|
            """;

    private static final String END =
            """

            ## Fields of log lines

            | field | in | value |
            |---|---|---|
            | `timestamp`, `level`, `message` | every line | `message` is `metrics` in a line of metrics |
            | `function` | lines of an invocation | `collect`, `recommend`, `features`, … |
            | `requestId` | lines of an invocation | the gateway's id of the request, otherwise Lambda's id of the invocation |
            | `traceId` | lines of a request with a trace | 32 hexadecimal digits, as in the response header `Freshet-Trace-Id` |
            | `logger` | lines that are not metrics | the class that logs |
            | `error` | lines with an exception | for it and its causes the `class` and the stack frames `at`, without messages |
            | `traces` | metrics of *features* and *train* | the traces of the requests whose records the batch has, at most 16 |
            | `modelVersion` | metrics of *train* and *recommend* | the version written, or served |
            | `candidates` | metrics of *recommend* | items that were ranked |
            | `explored` | metrics of *recommend* | places whose item was drawn with a probability below 1 |
            | `policy` | metrics of *recommend* | how places are filled: `best-first` (newcomers alone are drawn) or `plackett-luce` |
            | `us` | some metrics of *recommend*, see below | microseconds of the stages hydrate, gather, blend, draw and explain |
            | `sources` | as `us` | by source, the length of its lists in the last round and its candidates; more than one round is needed where filters leave few, and an item of two sources counts for both |
            | `removed` | as `us` | by filter (`availability`, `seen`, `unwanted`, `shown`, `request`), items that it was the first to refuse in the last round |
            | `spread` | as `us` | 1 − the mean likeness of two of the first 20 items, 0 to 1; absent for fewer than two |
            | `novelty` | as `us` | mean, over the items, of −log₂ of (1 + the count of the item, one per user and day) / (1 + all interactions), in bits |
            | `refusals` | metrics of *collect* | refused events by code; absent where none was refused |
            | `reason` | metrics of *authorize* | why a credential was refused: `Malformed`, `Unknown`, `Ended`, `Token` |
            | `clock` | metrics | the time of the process, if CloudWatch would not accept it as a timestamp |

            No field contains an id of a user.

            `us`, `sources`, `removed`, `spread` and `novelty` are written for one list in sixteen (recommendation ids that begin with 0), and for each that is
            degraded, empty or takes over 50 ms. The times are also in the response header `Server-Timing`, for secret keys ([API](api.md#conventions)).

            Previous: [Operate](operate.md) · [All pages](README.md)
            """;
}
