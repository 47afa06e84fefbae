package dev.freshet.demo.chaos;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/**
 * What killing showed.
 *
 * @param kills in the order in which they came
 * @param retries requests with events that were sent again
 */
public record ChaosReport(long seed, List<Kill> kills, Uptime.Counts counts, long retries) {

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("seed", seed);
        for (Kill kill : kills) {
            json.withArray("kills")
                    .addObject()
                    .put("process", kill.process())
                    .put("atMs", kill.at().toMillis())
                    .put("awayMs", kill.away().toMillis());
        }
        ObjectNode byProcess = json.putObject("byProcess");
        for (String process : Chaos.PROCESSES) {
            List<Kill> its = kills.stream().filter(kill -> kill.process().equals(process)).toList();
            byProcess
                    .putObject(process)
                    .put("kills", its.size())
                    .put(
                            "downtimeMs",
                            its.stream().map(Kill::away).mapToLong(Duration::toMillis).sum());
        }
        return json.put("recommendationsAsked", counts.asked())
                .put("recommendationsAnswered", counts.answered())
                .put("answeredShare", Math.round(counts.share() * 100_000) / 100_000.0)
                .put("degraded", counts.degraded())
                .put("askedWhileAway", counts.askedWhileAway())
                .put("retries", retries);
    }

    /** Two lines for people. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        text.append("Chaos         %d kills, seed %d:".formatted(kills.size(), seed));
        kills.forEach(
                kill ->
                        text.append(
                                " %s %.1f s,"
                                        .formatted(kill.process(), kill.away().toMillis() / 1e3)));
        text.setLength(text.length() - 1);
        return text.append(
                        "%n              %,d of %,d recommendations answered while HTTP was up (%.2f %%, %d degraded), %,d asked while it was away; %,d requests with events sent again"
                                .formatted(
                                        counts.answered(),
                                        counts.asked(),
                                        100 * counts.share(),
                                        counts.degraded(),
                                        counts.askedWhileAway(),
                                        retries))
                .toString();
    }
}
