package dev.freshet.cli.quarantine;

import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.option.EnvironmentVariable;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.cli.StateOptions;
import dev.freshet.local.host.StateFolder;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Which deployment is meant: AWS where a bucket is named, by an option or by {@code
 * FRESHET_QUARANTINE_BUCKET}; else the running local cloud.
 */
final class StoreOptions {

    @Mixin private final StateOptions state = new StateOptions();

    @Option(
            names = "--bucket",
            paramLabel = "NAME",
            description =
                    "On AWS: the quarantine bucket (output QuarantineBucketName). Default:"
                            + " FRESHET_QUARANTINE_BUCKET.")
    private @Nullable String bucket;

    @Option(
            names = "--events-stream",
            paramLabel = "NAME",
            description = "On AWS, to retry: the stream of events. Default: FRESHET_EVENTS_STREAM.")
    private @Nullable String eventsStream;

    @Option(
            names = "--examples-stream",
            paramLabel = "NAME",
            description =
                    "On AWS, to retry: the stream of examples. Default: FRESHET_EXAMPLES_STREAM.")
    private @Nullable String examplesStream;

    @Option(
            names = "--models-table",
            paramLabel = "NAME",
            description =
                    "On AWS, to retry: the table of model versions. Default: FRESHET_MODELS_TABLE.")
    private @Nullable String modelsTable;

    @Option(
            names = "--model-bucket",
            paramLabel = "NAME",
            description = "On AWS, to retry: the bucket of models. Default: FRESHET_MODEL_BUCKET.")
    private @Nullable String modelBucket;

    @Option(
            names = "--model-id",
            paramLabel = "ID",
            description = "On AWS, to retry: the model. Default: FRESHET_MODEL_ID.")
    private @Nullable String modelId;

    /** The names of stores and streams, and where they answer. */
    Settings settings() {
        Map<String, String> variables = new TreeMap<>(System.getenv());
        put(variables, Setting.QUARANTINE_BUCKET, bucket);
        put(variables, Setting.EVENTS_STREAM, eventsStream);
        put(variables, Setting.EXAMPLES_STREAM, examplesStream);
        put(variables, Setting.MODELS_TABLE, modelsTable);
        put(variables, Setting.MODEL_BUCKET, modelBucket);
        put(variables, StackOptions.MODEL_ID, modelId);
        Settings given = Settings.from(variables);
        if (given.find(Setting.QUARANTINE_BUCKET).isPresent()) {
            return given;
        }
        return StateFolder.runningEnvironment(state.folder())
                .map(Settings::from)
                .orElseThrow(
                        () ->
                                state.noneRuns(
                                        "start one with './freshet up', or name a bucket on AWS"
                                                + " with --bucket."));
    }

    /** The API of the local cloud that is meant; empty where AWS is. */
    Optional<URI> localApi() {
        boolean aws = bucket != null || System.getenv(Setting.QUARANTINE_BUCKET.variable()) != null;
        return aws ? Optional.empty() : StateFolder.runningApi(state.folder());
    }

    private static void put(
            Map<String, String> variables, EnvironmentVariable variable, @Nullable String value) {
        if (value != null) {
            variables.put(variable.variable(), value);
        }
    }
}
