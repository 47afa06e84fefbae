package dev.freshet.cli.quarantine;

import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.s3.S3Quarantine;
import dev.freshet.cli.connection.DeploymentOptions;
import dev.freshet.cli.connection.DeploymentOptions.Deployment;
import dev.freshet.cli.connection.DeploymentOptions.NamedSettings;
import dev.freshet.console.CommandException;
import dev.freshet.event.EventCodec;
import dev.freshet.functions.runtime.StackStores;
import dev.freshet.quarantine.retry.QuarantineRetry;
import dev.freshet.store.StoreUnavailableException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The stores of one deployment, opened on first use. */
record Stores(Deployment deployment, Clients clients, InstantSource clock)
        implements AutoCloseable {

    /** What a command does with the stores; returns the exit code. */
    interface Work {
        int on(Stores stores) throws InterruptedException;
    }

    /**
     * Opens the stores, runs the work, and closes them.
     *
     * @throws CommandException when a store does not answer
     */
    static int with(StoreOptions options, InstantSource clock, Work work)
            throws InterruptedException {
        Deployment deployment = options.deployment();
        try (Stores stores = new Stores(deployment, new Clients(deployment.settings()), clock)) {
            return work.on(stores);
        } catch (StoreUnavailableException unanswered) {
            throw CommandException.withAdvice(
                    unanswered,
                    "Nothing is lost: run the command again; no record has its effect twice.");
        }
    }

    /** Returns the settings of the deployment. */
    Settings settings() {
        return deployment.settings();
    }

    /** Returns the quarantine. */
    S3Quarantine quarantine() {
        return stack().quarantine();
    }

    private StackStores stack() {
        return new StackStores(settings(), clients, clock);
    }

    /** Returns the retry of its entries. */
    QuarantineRetry retry() {
        EventCodec codec = new EventCodec();
        return new QuarantineRetry(
                quarantine(),
                stack().eventLog(),
                stack().exampleLog(),
                settings().text(Setting.EXAMPLES_STREAM),
                stack().modelLogs().currentLog(),
                codec::decode,
                codec::encode,
                clock);
    }

    @Override
    public void close() {
        clients.close();
    }

    /**
     * The options that say whose quarantine a command works on: that of a stack on AWS where {@code
     * --stack}, {@code --bucket} or {@code FRESHET_QUARANTINE_BUCKET} names one, else of the
     * running local cloud.
     */
    static final class StoreOptions {

        @Mixin private final DeploymentOptions deployment = new DeploymentOptions();

        @ArgGroup(validate = false, order = 2, heading = "%nNames on AWS, without --stack:%n")
        private Names names = new Names();

        /** The options that name what the outputs of a stack would. */
        private static final class Names {
            @Option(
                    names = "--bucket",
                    paramLabel = "NAME",
                    description =
                            "The quarantine bucket (output QuarantineBucketName)."
                                    + " Default: FRESHET_QUARANTINE_BUCKET.")
            @Nullable String bucket;

            @Option(
                    names = "--events-stream",
                    paramLabel = "NAME",
                    description =
                            "To retry: the stream of events. Default:" + " FRESHET_EVENTS_STREAM.")
            @Nullable String eventsStream;

            @Option(
                    names = "--examples-stream",
                    paramLabel = "NAME",
                    description = "The stream of examples. Default:" + " FRESHET_EXAMPLES_STREAM.")
            @Nullable String examplesStream;

            @Option(
                    names = "--models-table",
                    paramLabel = "NAME",
                    description =
                            "To retry: the table of model versions. Default:"
                                    + " FRESHET_MODELS_TABLE.")
            @Nullable String modelsTable;

            @Option(
                    names = "--model-bucket",
                    paramLabel = "NAME",
                    description =
                            "To retry: the bucket of models. Default:" + " FRESHET_MODEL_BUCKET.")
            @Nullable String modelBucket;

            @Option(
                    names = "--model-id",
                    paramLabel = "ID",
                    description = "To retry: id of the model. Default: FRESHET_MODEL_ID.")
            @Nullable String modelId;
        }

        /** Returns the deployment that the options name. */
        Deployment deployment() {
            return deployment.find(
                    Setting.QUARANTINE_BUCKET,
                    new NamedSettings()
                            .with(Setting.QUARANTINE_BUCKET, names.bucket)
                            .with(Setting.EVENTS_STREAM, names.eventsStream)
                            .with(Setting.EXAMPLES_STREAM, names.examplesStream)
                            .with(Setting.MODELS_TABLE, names.modelsTable)
                            .with(Setting.MODEL_BUCKET, names.modelBucket)
                            .with(StackOptions.MODEL_ID, names.modelId));
        }
    }
}
