package dev.freshet.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awscdk.App;

/**
 * The entry point of {@code freshet cost}: writes the templates of several sets of options, one
 * after the other in one process, without copying packages and without {@link Review}, neither of
 * which changes what a stack costs.
 */
public final class CostTemplates {
    private CostTemplates() {}

    /**
     * Reads an object of options by the names of the sets from standard input, and prints each name
     * when its template is written. The exit code is 2 if an option is wrong.
     *
     * @param arguments those of {@link FreshetApp#main}; the output folder gets a folder for each
     *     name
     */
    public static void main(String[] arguments) throws IOException {
        Path out = Path.of(arguments[arguments.length - 1]);
        JsonNode sets = new ObjectMapper().readTree(System.in);
        write(sets, FreshetApp.packages(arguments), out, System.out::println);
    }

    /** Writes the templates below a folder, and passes on the name of each. */
    static void write(
            JsonNode sets, FreshetApp.Packages packages, Path out, Consumer<String> written) {
        for (Map.Entry<String, JsonNode> set : sets.properties()) {
            Map<String, Object> context = new HashMap<>();
            set.getValue().forEachEntry((option, value) -> context.put(option, value.textValue()));
            context.put("aws:cdk:disable-asset-staging", true);
            App app = FreshetApp.unreviewed(out.resolve(set.getKey()).toString(), context);
            FreshetApp.addStack(app, packages);
            app.synth();
            written.accept(set.getKey());
        }
    }
}
