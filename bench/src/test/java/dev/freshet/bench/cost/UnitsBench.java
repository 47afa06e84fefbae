package dev.freshet.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.Options;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.mapping.InvocationEvent;
import dev.freshet.local.mapping.KinesisSource;
import dev.freshet.local.mapping.ShardBatch;
import dev.freshet.local.mapping.ShardBatch.ShardRecord;
import dev.freshet.local.mapping.StreamSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A local cloud without event source mappings, whose functions are invoked with batches of chosen
 * sizes, and what they consume meanwhile.
 */
final class UnitsBench implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int PAGE = 1_000;

    /** A time that a line measured, or a list of them, with its name. */
    private static final Pattern TIMES =
            Pattern.compile("(\"\\w+(?:Ms|Seconds)\":)(\\d+|\\[[\\d,]*])");

    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private final LocalCloud cloud;
    private final Clients clients;
    private final Path log;
    private final StreamReader events;
    private final StreamReader examples;
    final FreshetClient client;

    /** A stream that is read from its beginning, one page after the other. */
    private static final class StreamReader {
        private final String name;
        private final String shard;
        private final StreamSource.ShardReader reader;

        StreamReader(Clients clients, String name) {
            KinesisSource source = new KinesisSource(clients.kinesis(), name);
            this.name = name;
            this.shard = source.shards().getFirst().id();
            this.reader = source.open(shard, new StreamSource.Position.Oldest());
        }

        List<ShardRecord> rest() {
            List<ShardRecord> all = new ArrayList<>();
            List<ShardRecord> page = reader.next(PAGE).records();
            while (!page.isEmpty()) {
                all.addAll(page);
                page = reader.next(PAGE).records();
            }
            return all;
        }

        String event(List<ShardRecord> records) {
            return InvocationEvent.write(
                    new ShardBatch(records, 0),
                    shard,
                    "arn:aws:kinesis:us-east-1:000000000000:stream/" + name,
                    "us-east-1");
        }
    }

    UnitsBench(Path state) {
        cloud =
                LocalCloud.start(
                        Options.of(Path.of("..").toAbsolutePath().normalize())
                                .withState(state)
                                .with(Options.Switch.PLANS_LIFTED, Options.Switch.WORKER));
        client = cloud.client();
        clients = new Clients(cloud.settings());
        log = cloud.stateFolder().resolve("logs/functions.log");
        events = new StreamReader(clients, cloud.settings().text(Setting.EVENTS_STREAM));
        examples = new StreamReader(clients, cloud.settings().text(Setting.EXAMPLES_STREAM));
    }

    /** Posts a body and returns the response, which has to be a success that rejects nothing. */
    ApiResponse post(String path, JsonNode body) {
        ApiResponse answer = client.post(path, body);
        assertThat(answer.ok()).as(answer.problem()).isTrue();
        assertThat(answer.body().path("rejected")).as(answer.body().toString()).isEmpty();
        return answer;
    }

    /** Returns the number of characters of a response, which are ASCII. */
    static double length(ApiResponse answer) {
        return answer.body().toString().length();
    }

    /** Invokes <em>features</em> with all new events, so many at a time. */
    Map<String, Double> features(int atATime) {
        return stream("features", events, atATime);
    }

    /** Invokes <em>train</em> with all new records of examples, so many at a time. */
    Map<String, Double> train(int atATime) {
        return stream("train", examples, atATime);
    }

    private Map<String, Double> stream(String function, StreamReader source, int atATime) {
        List<ShardRecord> records = source.rest();
        assertThat(records).as("new records for %s", function).isNotEmpty();
        return consumed(
                function,
                () -> {
                    for (int from = 0; from < records.size(); from += atATime) {
                        int to = Math.min(from + atATime, records.size());
                        invoke(function, source.event(records.subList(from, to)));
                    }
                });
    }

    /** Invokes <em>compact</em> once. */
    Map<String, Double> compact() {
        return consumed("compact", () -> invoke("compact", "{}"));
    }

    private void invoke(String function, String payload) {
        try {
            Invocation outcome = cloud.invoke(function, payload, LIMIT);
            assertThat(outcome).isInstanceOf(Invocation.Answer.class);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Runs work; returns by unit what one function consumed and logged meanwhile, and the time. */
    Map<String, Double> consumed(String function, Runnable work) {
        Map<String, Double> before = CallCounter.of(function);
        double logged = logBytes(function);
        long began = System.nanoTime();
        work.run();
        double millis = (System.nanoTime() - began) / 1e6;
        Map<String, Double> consumed =
                FunctionUnits.each(CallCounter.of(function), before, (now, then) -> now - then);
        consumed.put("logBytes", logBytes(function) - logged);
        consumed.put("milliseconds", millis);
        return consumed;
    }

    /** Returns the median duration of a function's invocations, in milliseconds. */
    double medianMs(String function) {
        return cloud.status().at("/functions/" + function + "/durationMs/p50").asDouble();
    }

    /** Returns the number of a function's invocations. */
    double invocations(String function) {
        return cloud.status().at("/functions/" + function + "/invocations").asDouble();
    }

    double logBytes(String function) {
        return lines(function).stream().mapToInt(UnitsBench::bytes).sum();
    }

    /**
     * Returns the bytes of a line, each time that it measured having four digits: on a machine with
     * other work events wait longer, and their times have more.
     */
    static int bytes(String line) {
        String alike =
                TIMES.matcher(line)
                        .replaceAll(
                                times ->
                                        times.group(1)
                                                + DIGITS.matcher(times.group(2))
                                                        .replaceAll("1000"));
        return alike.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Returns the names of the metrics that a function has written. */
    Set<String> metrics(String function) {
        Set<String> names = new TreeSet<>();
        for (String line : lines(function)) {
            try {
                JSON.readTree(line)
                        .at("/_aws/CloudWatchMetrics/0/Metrics")
                        .forEach(metric -> names.add(metric.path("Name").asText()));
            } catch (IOException notJson) {
                throw new UncheckedIOException(notJson);
            }
        }
        return names;
    }

    private List<String> lines(String function) {
        String mark = "\"function\":\"" + function + "\"";
        try {
            return Files.readAllLines(log).stream().filter(line -> line.contains(mark)).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        client.close();
        clients.close();
        cloud.close();
    }
}
