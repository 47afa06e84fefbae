package dev.freshet.cli.quarantine;

import dev.freshet.aws.Clients;
import dev.freshet.aws.MissingSettingException;
import dev.freshet.aws.Settings;
import dev.freshet.aws.dynamodb.DynamodbModelLogs;
import dev.freshet.aws.kinesis.KinesisEventLog;
import dev.freshet.aws.kinesis.KinesisExampleLog;
import dev.freshet.aws.s3.S3ModelObjects;
import dev.freshet.aws.s3.S3Quarantine;
import dev.freshet.cli.CommandException;
import dev.freshet.event.avro.EventCodec;
import dev.freshet.quarantine.retry.QuarantineRetry;
import dev.freshet.store.StoreUnavailableException;
import java.time.InstantSource;

/** The stores of one deployment, opened as they are asked for. */
record Stores(Settings settings, Clients clients) implements AutoCloseable {
    static final InstantSource CLOCK = InstantSource.system();

    /** Work on the stores. */
    interface Work {
        int on(Stores stores) throws InterruptedException;
    }

    /**
     * Opens, works, closes.
     *
     * @throws CommandException when a name is missing or a store does not answer
     */
    static int with(StoreOptions options, Work work) throws InterruptedException {
        Settings settings = options.settings();
        try (Stores stores = new Stores(settings, new Clients(settings))) {
            return work.on(stores);
        } catch (MissingSettingException missing) {
            throw new CommandException(String.valueOf(missing.getMessage()), missing);
        } catch (StoreUnavailableException unanswered) {
            throw new CommandException(
                    unanswered.getMessage()
                            + " Nothing is lost: run the command again, what was done is not done"
                            + " twice.",
                    unanswered);
        }
    }

    S3Quarantine quarantine() {
        return new S3Quarantine(clients.s3(), settings.quarantineBucket());
    }

    QuarantineRetry retry() {
        EventCodec codec = new EventCodec();
        return new QuarantineRetry(
                quarantine(),
                new KinesisEventLog(clients.kinesis(), settings.eventsStream()),
                new KinesisExampleLog(clients.kinesis(), settings.examplesStream()),
                settings.examplesStream(),
                new DynamodbModelLogs(
                                clients.enhancedDynamoDb(),
                                settings.modelsTable(),
                                new S3ModelObjects(clients.s3(), settings.modelBucket()),
                                settings.modelId(),
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
