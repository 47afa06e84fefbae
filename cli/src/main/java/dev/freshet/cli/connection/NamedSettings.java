package dev.freshet.cli.connection;

import dev.freshet.aws.option.OptionValues.EnvironmentVariable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings of a stack that options of the command line gave. */
public final class NamedSettings {
    private final Map<EnvironmentVariable, String> values = new LinkedHashMap<>();

    /**
     * Adds a setting.
     *
     * @param value value of the option; null where it is absent, which adds nothing
     */
    public NamedSettings with(EnvironmentVariable setting, @Nullable String value) {
        if (value != null) {
            values.put(setting, value);
        }
        return this;
    }

    /** Returns whether an option gave this setting. */
    boolean has(EnvironmentVariable setting) {
        return values.containsKey(setting);
    }

    /** Writes the settings into variables of an environment, over those that are there. */
    void writeTo(Map<String, String> variables) {
        values.forEach((setting, value) -> variables.put(setting.variable(), value));
    }
}
