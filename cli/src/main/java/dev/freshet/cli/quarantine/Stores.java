package dev.freshet.cli.quarantine;

import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.dynamodb.DynamodbModelLogs;
import dev.freshet.aws.kinesis.KinesisEventLog;
import dev.freshet.aws.kinesis.KinesisExampleLog;
import dev.freshet.aws.s3.S3ObjectStore;
import dev.freshet.aws.s3.S3Quarantine;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.connection.Deployment;
import dev.freshet.event.avro.EventCodec;
import dev.freshet.quarantine.retry.QuarantineRetry;
import dev.freshet.store.StoreUnavailableException;
import java.time.InstantSource;

/** The stores of one deployment, opened on first use. */
record Stores(Deployment deployment, Clients clients) implements AutoCloseable {
    static final InstantSource CLOCK = InstantSource.system();

    /** What a command does with the stores; returns the exit code. */
    interface Work {
        int on(Stores stores) throws InterruptedException;
    }

    /**
     * Opens the stores, runs the work, and closes them.
     *
     * @throws CommandException when a store does not answer
     */
    static int with(StoreOptions options, Work work) throws InterruptedException {
        Deployment deployment = options.deployment();
        try (Stores stores = new Stores(deployment, new Clients(deployment.settings()))) {
            return work.on(stores);
        } catch (StoreUnavailableException unanswered) {
            throw new CommandException(
                    unanswered.getMessage()
                            + " Nothing is lost: run the command again; no record has its effect"
                            + " twice.",
                    unanswered);
        }
    }

    /** Returns the settings of the deployment. */
    Settings settings() {
        return deployment.settings();
    }

    /** Returns the quarantine. */
    S3Quarantine quarantine() {
        return new S3Quarantine(clients.s3(), settings().text(Setting.QUARANTINE_BUCKET));
    }

    /** Returns the retry of its entries. */
    QuarantineRetry retry() {
        EventCodec codec = new EventCodec();
        return new QuarantineRetry(
                quarantine(),
                new KinesisEventLog(clients.kinesis(), settings().text(Setting.EVENTS_STREAM)),
                new KinesisExampleLog(clients.kinesis(), settings().text(Setting.EXAMPLES_STREAM)),
                settings().text(Setting.EXAMPLES_STREAM),
                new DynamodbModelLogs(
                                clients.enhancedDynamoDb(),
                                settings().text(Setting.MODELS_TABLE),
                                S3ObjectStore.ofModels(
                                        clients.s3(), settings().text(Setting.MODEL_BUCKET)),
                                settings().modelId(),
                                CLOCK)
                        .currentLog(),
                codec::decode,
                codec::encode,
                CLOCK);
    }

    @Override
    public void close() {
        clients.close();
    }
}
