package dev.freshet.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.DeployedOptions;
import dev.freshet.aws.option.OptionsFile;
import dev.freshet.aws.option.StackSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

    /** A file of options, in place of {@link OptionsFile#USUAL} beside the app. */
    private static final String OPTIONS = "options";

    /** The names of options, separated by commas, of which a one-way change is allowed. */
    private static final String ALLOW = "allow";

    /** Whether a deployment is refused if the options of the stack on AWS are not known. */
    private static final String STRICT = "strict";

    private static final Set<String> NAMES_OF_THE_APP = Set.of(OPTIONS, ALLOW, STRICT);

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
     * <p>With an output folder, as the build runs it, neither {@link OptionsFile#USUAL} nor AWS is
     * looked at: the template depends on the context alone.
     *
     * @param arguments the jar of the functions, the folder of the embedding layer, the folder of
     *     the worker, the folder with the headers of the pages, the jar of the batch jobs, which
     *     need not exist, and optionally the output folder, which the CDK command line chooses
     *     otherwise
     */
    public static void main(String[] arguments) throws IOException {
        Packages packages = packages(arguments);
        App app;
        if (arguments.length == 6) {
            app = app(arguments[5], Map.of());
        } else {
            Path file = Path.of(OptionsFile.USUAL);
            app = app(null, Files.exists(file) ? Map.of(OPTIONS, file.toString()) : Map.of());
            orEnd(() -> compare(app.getNode()).forEach(System.err::println));
        }
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
        orEnd(() -> new FreshetStack(app, STACK_ID, settings(app.getNode()), packages));
    }

    private static void orEnd(Runnable step) {
        try {
            step.run();
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
     * Compares the settings that the context describes with those of the stack on AWS, where the
     * CDK deploys to.
     *
     * @throws IllegalArgumentException as {@link DeployedOptions#compared} does
     */
    private static List<String> compare(Node node) {
        return DeployedOptions.at(
                        System.getProperty("freshet.account", ""),
                        System.getProperty("freshet.region", ""))
                .compared(settings(node), allowed(node), context(node, STRICT).equals("true"));
    }

    /** Returns the names of the options whose one-way changes the context allows. */
    static Set<String> allowed(Node node) {
        return Stream.of(context(node, ALLOW).split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String context(Node node, String name) {
        return Objects.toString(node.tryGetContext(name), "");
    }

    /**
     * Returns the settings of the stack that the CDK context ({@code -c name=value}, {@code
     * cdk.json}) describes, over those of the file that it names.
     *
     * @throws IllegalArgumentException with a sentence for the owner, if the file or the context
     *     contains an unknown option, a value that is not allowed, or values that exclude each
     *     other
     */
    static StackSettings settings(Node node) {
        Map<String, String> options = new TreeMap<>();
        if (!context(node, OPTIONS).isEmpty()) {
            options.putAll(OptionsFile.read(Path.of(context(node, OPTIONS))));
        }
        if (node.getAllContext() instanceof Map<?, ?> context) {
            context.forEach(
                    (name, value) -> {
                        if (value != null && !isOfCdk(String.valueOf(name))) {
                            options.put(String.valueOf(name), text(value));
                        }
                    });
        }
        return StackSettings.of(options).allowing(allowed(node));
    }

    private static boolean isOfCdk(String name) {
        return NAMES_OF_CDK.contains(name)
                || NAMES_OF_THE_APP.contains(name)
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
