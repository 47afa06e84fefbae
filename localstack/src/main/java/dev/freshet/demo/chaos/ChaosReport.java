package dev.freshet.demo.chaos;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/**
 * Result of a fault injection.
 *
 * @param seed seed of the order and the times of the kills
 * @param kills the kills in order of time
 * @param counts recommendation requests by outcome
 * @param retries number of requests that sent events again
 */
public record ChaosReport(long seed, List<Kill> kills, Uptime.Counts counts, long retries) {

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("seed", seed);
        for (Kill kill : kills) {
            json.withArray("kills")
                    .addObject()
                    .put("process", kill.process())
                    .put("atMs", kill.at().toMillis())
                    .put("downtimeMs", kill.downtime().toMillis());
        }
        ObjectNode byProcess = json.putObject("byProcess");
        for (String process : Chaos.PROCESSES) {
            List<Kill> its = kills.stream().filter(kill -> kill.process().equals(process)).toList();
            byProcess
                    .putObject(process)
                    .put("kills", its.size())
                    .put(
                            "downtimeMs",
                            its.stream().map(Kill::downtime).mapToLong(Duration::toMillis).sum());
        }
        return json.put("recommendationsAsked", counts.requested())
                .put("recommendationsAnswered", counts.answered())
                .put("answeredShare", Math.round(counts.share() * 100_000) / 100_000.0)
                .put("degraded", counts.degraded())
                .put("requestedWhileDown", counts.requestedWhileDown())
                .put("retries", retries);
    }

    /** Returns the result as two lines for people. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        text.append("Chaos         %d kills, seed %d:".formatted(kills.size(), seed));
        kills.forEach(
                kill ->
                        text.append(
                                " %s %.1f s,"
                                        .formatted(
                                                kill.process(), kill.downtime().toMillis() / 1e3)));
        text.setLength(text.length() - 1);
        return text.append(
                        "%n              %,d of %,d recommendation requests answered while HTTP was up (%.2f %%, %d degraded), %,d failed while it was down; %,d requests with events sent again"
                                .formatted(
                                        counts.answered(),
                                        counts.requested(),
                                        100 * counts.share(),
                                        counts.degraded(),
                                        counts.requestedWhileDown(),
                                        retries))
                .toString();
    }
}
