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
 * The CDK app. Run by the build and by the CDK command line; writes the cloud assembly and ends.
 *
 * <p>Ends with 1 when {@link Review} finds what nobody acknowledged.
 *
 * <p>Everything that shapes the template is set here or given as context, so that both ways of
 * running it write the same bytes.
 */
public final class FreshetApp {
    /**
     * The construct's id, and with it the name of the template file: {@code Freshet.template.json}.
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
     * @param arguments the functions' jar, the embedders' layer, the worker's folder, then
     *     (optional) the folder to write to; without it the CDK command line decides
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 3
                || arguments.length > 4
                || !Files.isRegularFile(Path.of(arguments[0]))
                || !Files.isDirectory(Path.of(arguments[1]))
                || !Files.isDirectory(Path.of(arguments[2]))) {
            System.err.println(
                    "Say where the functions' jar, the embedders' layer and the worker are, and where to write:"
                            + " FUNCTIONS_JAR LAYER WORKER [FOLDER]. ./mvnw package makes them.");
            System.exit(2);
        }
        App app = app(arguments.length == 4 ? arguments[3] : null, Map.of());
        try {
            new FreshetStack(
                    app,
                    STACK_ID,
                    CdkContext.settings(app.getNode()),
                    new Packages(
                            Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2])));
        } catch (IllegalArgumentException wrongSetting) {
            System.err.println(wrongSetting.getMessage());
            System.exit(2);
        }
        List<String> findings = Review.findings(Path.of(app.synth().getDirectory()));
        if (!findings.isEmpty()) {
            findings.forEach(System.err::println);
            System.exit(1);
        }
    }

    /**
     * An app with the project's flags, which is reviewed when it is synthesized.
     *
     * @param outdir the assembly's folder, or null for the CDK command line's
     * @param context laid over the flags
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
