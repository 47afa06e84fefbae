package dev.freshet.infra;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

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

    private FreshetApp() {}

    /**
     * Synthesizes the stack that the context describes.
     *
     * @param arguments the jar of the functions, the folder of the embedding layer, the folder of
     *     the worker, the folder with the headers of the pages, the folder of the jar of the batch
     *     jobs, which need not exist, and optionally the output folder, which the CDK command line
     *     chooses otherwise
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 5
                || arguments.length > 6
                || !Files.isRegularFile(Path.of(arguments[0]))
                || !Files.isDirectory(Path.of(arguments[1]))
                || !Files.isDirectory(Path.of(arguments[2]))
                || !Files.isDirectory(Path.of(arguments[3]))) {
            System.err.println(
                    "Usage: FreshetApp FUNCTIONS_JAR LAYER WORKER SITE BATCH [OUTPUT]. ./mvnw package makes the"
                            + " jar, the layer and the worker.");
            System.exit(2);
        }
        App app = app(arguments.length == 6 ? arguments[5] : null, Map.of());
        try {
            new FreshetStack(
                    app,
                    STACK_ID,
                    CdkContext.settings(app.getNode()),
                    new Packages(
                            Path.of(arguments[0]),
                            Path.of(arguments[1]),
                            Path.of(arguments[2]),
                            Path.of(arguments[3]),
                            Path.of(arguments[4])));
        } catch (IllegalArgumentException invalid) {
            System.err.println(invalid.getMessage());
            System.exit(2);
        }
        List<String> findings = Review.findings(Path.of(app.synth().getDirectory()));
        if (!findings.isEmpty()) {
            findings.forEach(System.err::println);
            System.exit(1);
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
        Map<String, Object> all = new HashMap<>(FEATURE_FLAGS);
        all.putAll(context);
        AppProps.Builder props =
                AppProps.builder().analyticsReporting(false).treeMetadata(false).context(all);
        if (outdir != null) {
            props.outdir(outdir);
        }
        App app = new App(props.build());
        Review.of(app);
        return app;
    }
}
