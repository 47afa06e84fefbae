package dev.freshet.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.EventTypes;
import dev.freshet.json.FieldReader;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.query.Boost;
import dev.freshet.query.Filter;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.QueryReader;
import dev.freshet.query.QueryViolations;
import dev.freshet.ranking.Strategy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one arm, or one shadow arm, of a definition. */
final class ArmReader {
    private static final double MAX_WEIGHT = 10;

    private static final Set<String> MEMBERS =
            Set.of(
                    "id",
                    "weight",
                    "strategy",
                    "weights",
                    "boost",
                    "filter",
                    "diversity",
                    "exploration",
                    "learning");

    private static final Set<String> SOURCES =
            SignalFamilies.SCORED.stream()
                    .map(source -> source.wireName())
                    .collect(Collectors.toUnmodifiableSet());

    private final FieldReader<InvalidQueryException> members;
    private final String path;
    private final EventTypes types;

    ArmReader(JsonNode node, String path, EventTypes types) {
        members = QueryViolations.fields(node, path, MEMBERS);
        this.path = path;
        this.types = types;
    }

    String id() {
        return ExperimentReader.identifier(members, "id");
    }

    double weight() {
        return ExperimentReader.required(members.number("weight"), members, "weight");
    }

    ArmSettings settings() {
        JsonNode filter = members.find("filter");
        List<Boost> boosts = QueryReader.boosts(members, types);
        Filter only = filter == null ? null : QueryReader.filter(filter, path + ".filter", types);
        Double diversity = members.number("diversity");
        if (diversity != null) {
            ExperimentReader.inRange(diversity, 0, 1, path + ".diversity");
        }
        checkLearning();
        return new ArmSettings(strategy(), weights(), boosts, only, diversity, temperature());
    }

    private @Nullable String strategy() {
        String name = ExperimentReader.text(members, "strategy");
        if (name != null && !name.equals(ArmSettings.POPULAR) && Strategy.of(name).isEmpty()) {
            throw new InvalidExperimentException(
                    "unknown-strategy",
                    path + ".strategy is " + Strategy.NAMES + " or " + ArmSettings.POPULAR + ".");
        }
        return name;
    }

    private Map<String, Double> weights() {
        JsonNode node = members.find("weights");
        if (node == null) {
            return Map.of();
        }
        FieldReader<InvalidQueryException> weights =
                QueryViolations.fields(node, path + ".weights", SOURCES);
        Map<String, Double> found = new HashMap<>();
        for (String source : SOURCES) {
            Double weight = weights.number(source);
            if (weight != null) {
                found.put(
                        source,
                        ExperimentReader.inRange(weight, 0, MAX_WEIGHT, weights.pathOf(source)));
            }
        }
        return found;
    }

    private @Nullable Double temperature() {
        JsonNode node = members.find("exploration");
        if (node == null) {
            return null;
        }
        FieldReader<InvalidQueryException> exploration =
                QueryViolations.fields(
                        node, path + ".exploration", Set.of("policy", "temperature"));
        String policy = ExperimentReader.text(exploration, "policy");
        if (!"plackett-luce".equals(policy)) {
            throw new InvalidExperimentException(
                    "unknown-policy", path + ".exploration.policy is plackett-luce.");
        }
        Double temperature =
                ExperimentReader.required(
                        exploration.number("temperature"), exploration, "temperature");
        return ExperimentReader.inRange(temperature, 0, 1, exploration.pathOf("temperature"));
    }

    private void checkLearning() {
        String learning = ExperimentReader.text(members, "learning");
        if (learning != null && !learning.equals("shared")) {
            throw new InvalidExperimentException(
                    "unknown-learning",
                    path
                            + ".learning is shared: all arms are ranked by one model, which learns"
                            + " from the lists of all.");
        }
    }
}
