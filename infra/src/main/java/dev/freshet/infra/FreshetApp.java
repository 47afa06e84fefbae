package dev.freshet.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.option.StackSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.constructs.Node;

/**
 * The entry point of the CDK app, which the build and the CDK command line run. It writes the cloud
 * assembly.
 *
 * <p>The exit code is 1 if {@link Review} has findings, and 2 if an argument or an option is wrong.
 *
 * <p>Everything that affects the template is set here or given as context, so both ways of running
 * the app write the same bytes.
 */
public final class FreshetApp {
    /**
     * The id of the stack construct, which names the template file {@code Freshet.template.json}.
     */
    public static final String STACK_ID = "Freshet";

    private static final Map<String, Object> FEATURE_FLAGS =
            Map.of(
                    "@aws-cdk/aws-iam:minimizePolicies", true,
                    "@aws-cdk/aws-lambda:recognizeLayerVersion", true,
                    "@aws-cdk/aws-lambda:recognizeVersionProps", true,
                    "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy", true,
                    "@aws-cdk/core:checkSecretUsage", true);

    /** The characters that only names of the CDK's own context contain. */
    private static final String MARKS_OF_CDK = ":/@";

    /** The names without such a character that the CDK command line puts into the context. */
    static final Set<String> NAMES_OF_CDK = Set.of("cli-telemetry", "acknowledged-issue-numbers");

    private FreshetApp() {}

    /**
     * The packages that the build made for the functions and the worker, and the pages.
     *
     * @param functions the jar of all functions
     * @param embedding the folder of the Lambda layer that turns texts into vectors
     * @param worker the folder of the worker's Dockerfile and of the files in its image
     * @param site the folder with the headers of the pages, {@code headers.json}
     * @param batch the jar of the batch jobs; need not exist
     */
    record Packages(Path functions, Path embedding, Path worker, Path site, Path batch) {

        /**
         * Returns the jar of the batch jobs.
         *
         * @throws IllegalArgumentException with a sentence for the owner, if it does not exist
         */
        Path batchJar() {
            if (!Files.isRegularFile(batch)) {
                throw new IllegalArgumentException(
                        "batch=true needs the jar of the batch jobs at "
                                + batch
                                + ". In a checkout, ./mvnw -Pbatch -pl batch -am -DskipTests package"
                                + " makes it; a release has it as a file of its own.");
            }
            return batch;
        }

        /**
         * Returns the folder from which the worker's image is built.
         *
         * @throws IllegalArgumentException with a sentence for the owner, if it has no classes
         */
        Path workerFolder() {
            if (!Files.isDirectory(worker.resolve("target/layout/lib"))) {
                throw new IllegalArgumentException(
                        "consumer=worker needs the worker's classes in "
                                + worker.resolve("target/layout/lib")
                                + ". In a checkout, ./mvnw -pl functions/worker -am -DskipTests"
                                + " package makes them; a release has them as a file of its own.");
            }
            return worker;
        }
    }

    /**
     * Synthesizes the stack that the context describes.
     *
     * @param arguments the jar of the functions, the folder of the embedding layer, the folder of
     *     the worker, the folder with the headers of the pages, the jar of the batch jobs, which
     *     need not exist, and optionally the output folder, which the CDK command line chooses
     *     otherwise
     */
    public static void main(String[] arguments) throws IOException {
        Packages packages = packages(arguments);
        App app = app(arguments.length == 6 ? arguments[5] : null, Map.of());
        addStack(app, packages);
        List<String> findings = Review.findings(Path.of(app.synth().getDirectory()));
        if (!findings.isEmpty()) {
            findings.forEach(System.err::println);
            System.exit(1);
        }
    }

    /** Returns the packages that arguments name, or ends the process. */
    static Packages packages(String... arguments) {
        List<Path> paths = Stream.of(arguments).map(Path::of).toList();
        if (paths.size() < 5
                || paths.size() > 6
                || !Files.isRegularFile(paths.get(0))
                || !paths.subList(1, 4).stream().allMatch(Files::isDirectory)) {
            System.err.println(
                    "Usage: FreshetApp FUNCTIONS_JAR LAYER WORKER SITE BATCH [OUTPUT]. ./mvnw package makes the"
                            + " jar, the layer and the worker.");
            System.exit(2);
        }
        return new Packages(paths.get(0), paths.get(1), paths.get(2), paths.get(3), paths.get(4));
    }

    /** Adds the stack that the app's context describes, or ends the process. */
    static void addStack(App app, Packages packages) {
        try {
            new FreshetStack(app, STACK_ID, settings(app.getNode()), packages);
        } catch (IllegalArgumentException invalid) {
            System.err.println(invalid.getMessage());
            System.exit(2);
        }
    }

    /**
     * Returns an app with the project's feature flags, which is checked by {@link Review} when it
     * is synthesized.
     *
     * @param outdir the folder of the assembly, or null for the one that the CDK command line
     *     chooses
     * @param context context values, which override the feature flags
     */
    static App app(@Nullable String outdir, Map<String, Object> context) {
        App app = unreviewed(outdir, context);
        Review.of(app);
        return app;
    }

    /** Returns such an app that nothing checks. */
    static App unreviewed(@Nullable String outdir, Map<String, Object> context) {
        Map<String, Object> all = new HashMap<>(FEATURE_FLAGS);
        all.putAll(context);
        AppProps.Builder props =
                AppProps.builder().analyticsReporting(false).treeMetadata(false).context(all);
        if (outdir != null) {
            props.outdir(outdir);
        }
        return new App(props.build());
    }

    /**
     * Returns the settings of the stack that the CDK context ({@code -c name=value}, {@code
     * cdk.json}) describes.
     *
     * @throws IllegalArgumentException with a sentence for the owner, if the context contains an
     *     unknown option, a value that is not allowed, or values that exclude each other
     */
    static StackSettings settings(Node node) {
        Map<String, String> options = new TreeMap<>();
        if (node.getAllContext() instanceof Map<?, ?> context) {
            context.forEach(
                    (name, value) -> {
                        if (value != null && !isOfCdk(String.valueOf(name))) {
                            options.put(String.valueOf(name), text(value));
                        }
                    });
        }
        return StackSettings.of(options);
    }

    private static boolean isOfCdk(String name) {
        return NAMES_OF_CDK.contains(name)
                || name.chars().anyMatch(letter -> MARKS_OF_CDK.indexOf(letter) >= 0);
    }

    /** Returns the text of a value; {@code cdk.json} may contain an object where text is JSON. */
    private static String text(Object value) {
        try {
            return value instanceof Map<?, ?> object
                    ? new ObjectMapper().writeValueAsString(object)
                    : value.toString();
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException("The context is no JSON: " + value, unwritable);
        }
    }
}
