package dev.freshet.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the workloads of a profile file. */
final class ProfileReader {
    private ProfileReader() {}

    /**
     * Returns the workloads by name: one, or several where the members of the object are objects.
     *
     * @throws IllegalArgumentException with a sentence, if a value is not allowed
     */
    static Map<String, Workload> read(JsonNode file) {
        if (!file.isObject() || file.isEmpty()) {
            throw new IllegalArgumentException("The profile must be a JSON object.");
        }
        Map<String, Workload> profiles = new LinkedHashMap<>();
        boolean several = file.properties().stream().allMatch(each -> each.getValue().isObject());
        if (several) {
            file.properties()
                    .forEach(each -> profiles.put(each.getKey(), Workload.read(each.getValue())));
        } else {
            profiles.put("the given load", Workload.read(file));
        }
        return profiles;
    }
}
