package dev.freshet.bench.ope;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.bench.ope.LoggedPlace.Alternative;
import dev.freshet.cli.CommandException;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Exported exposures: a file with one JSON object for each list, the format of which is described
 * in docs/experiments.md.
 */
final class ExposuresFile {
    private static final int MAX_LISTS = 1_000_000;
    private static final int MAX_LINE = 1 << 20;
    private static final int MAX_PLACES = 100;
    private static final int MAX_POOL = 1_000;

    private final Path file;
    private final @Nullable String wanted;
    private @Nullable String target;

    private ExposuresFile(Path file, @Nullable String wanted) {
        this.file = file;
        this.wanted = wanted;
    }

    /**
     * Reads a file.
     *
     * @param target name of the policy to evaluate; null for the only one of the file
     */
    static List<LoggedList> read(Path file, @Nullable String target) {
        return new ExposuresFile(file, target).read();
    }

    private List<LoggedList> read() {
        List<LoggedList> lists = new ArrayList<>();
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    lists.add(list(line, number));
                }
                if (lists.size() > MAX_LISTS) {
                    throw new CommandException(
                            file + " has more than " + MAX_LISTS + " lists; take a sample.");
                }
            }
        } catch (IOException unreadable) {
            throw new CommandException("There is no readable text in " + file + ".", unreadable);
        }
        if (lists.isEmpty()) {
            throw new CommandException(file + " has no lists.");
        }
        return lists;
    }

    private LoggedList list(String line, int number) {
        if (line.length() > MAX_LINE) {
            throw bad(number, "the line is longer than " + MAX_LINE + " characters");
        }
        try {
            JsonNode list = StrictJson.read(line.getBytes(StandardCharsets.UTF_8));
            JsonNode shown = list.path("places");
            int seen = list.path("seen").asInt(shown.size());
            if (!shown.isArray() || shown.isEmpty() || shown.size() > MAX_PLACES || seen < 1) {
                throw bad(number, "places holds 1 to " + MAX_PLACES + " places that were seen");
            }
            List<LoggedPlace> places = new ArrayList<>();
            for (JsonNode place : shown) {
                if (places.size() < seen) {
                    places.add(place(place, number));
                }
            }
            return new LoggedList(list.path("user").asText("line " + number), places);
        } catch (MalformedJsonException malformed) {
            throw bad(number, "it is not one JSON object");
        }
    }

    private LoggedPlace place(JsonNode place, int number) {
        List<Alternative> pool = new ArrayList<>();
        if (place.path("pool").size() > MAX_POOL) {
            throw bad(number, "a pool holds at most " + MAX_POOL + " items");
        }
        for (JsonNode one : place.path("pool")) {
            pool.add(
                    new Alternative(
                            item(one, number), propensity(one, number), target(one, number)));
        }
        String item = item(place, number);
        if (!pool.isEmpty() && pool.stream().noneMatch(one -> one.item().equals(item))) {
            throw bad(number, "the item shown is in its pool");
        }
        JsonNode reward = place.path("reward");
        if (!reward.isNumber() || !Double.isFinite(reward.doubleValue())) {
            throw bad(number, "each place has a number as reward");
        }
        return new LoggedPlace(
                item, propensity(place, number), target(place, number), reward.doubleValue(), pool);
    }

    private String item(JsonNode place, int number) {
        if (!place.path("item").isTextual()) {
            throw bad(number, "each place, and each entry of a pool, has a text as item");
        }
        return place.path("item").textValue();
    }

    private double propensity(JsonNode place, int number) {
        double propensity = place.path("propensity").asDouble(Double.NaN);
        if (!(propensity > 0 && propensity <= 1)) {
            throw bad(number, "a propensity is above 0 and at most 1");
        }
        return propensity;
    }

    private double target(JsonNode place, int number) {
        JsonNode targets = place.path("targets");
        if (target == null) {
            target = wanted == null ? only(targets, number) : wanted;
        }
        double probability = targets.path(target).asDouble(Double.NaN);
        if (!(probability >= 0 && probability <= 1)) {
            throw bad(number, "targets has a probability from 0 to 1 for " + target);
        }
        return probability;
    }

    private String only(JsonNode targets, int number) {
        Set<String> names = new TreeSet<>();
        for (Map.Entry<String, JsonNode> one : targets.properties()) {
            names.add(one.getKey());
        }
        if (names.size() != 1) {
            throw bad(
                    number,
                    "name one of the evaluated policies with --target; targets has " + names);
        }
        return names.iterator().next();
    }

    private CommandException bad(int number, String rule) {
        return new CommandException(file + ", line " + number + ": " + rule + ".");
    }
}
