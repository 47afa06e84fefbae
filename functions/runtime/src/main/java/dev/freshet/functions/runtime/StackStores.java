package dev.freshet.functions.runtime;

import dev.freshet.access.AccessKeys;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.dynamodb.DynamodbAccessKeys;
import dev.freshet.aws.dynamodb.DynamodbCatalog;
import dev.freshet.aws.dynamodb.DynamodbDefinitions;
import dev.freshet.aws.dynamodb.DynamodbExposures;
import dev.freshet.aws.dynamodb.DynamodbInteractions;
import dev.freshet.aws.dynamodb.DynamodbModelLogs;
import dev.freshet.aws.dynamodb.DynamodbOutcomeHistory;
import dev.freshet.aws.dynamodb.DynamodbTrends;
import dev.freshet.aws.dynamodb.DynamodbUsers;
import dev.freshet.aws.kinesis.KinesisEventLog;
import dev.freshet.aws.kinesis.KinesisExampleHistory;
import dev.freshet.aws.kinesis.KinesisExampleLog;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.s3.S3ObjectStore;
import dev.freshet.aws.s3.S3Quarantine;
import dev.freshet.catalog.Catalog;
import dev.freshet.example.ExampleLog;
import dev.freshet.experiment.DefinitionStore;
import dev.freshet.features.Exposures;
import dev.freshet.ingest.EventLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.popularity.Trends;
import dev.freshet.model.sums.OutcomeHistory;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The stores and streams of the stack: an adapter for each port. Clients open on first use. */
public record StackStores(Settings settings, Clients clients, InstantSource clock) {
    /** Returns the adapter and not its port: tools also scan the whole table, as no port does. */
    public DynamodbInteractions interactions() {
        return new DynamodbInteractions(
                clients, settings.text(Setting.INTERACTIONS_TABLE), settings.retention(), clock);
    }

    public OutcomeHistory outcomeHistory() {
        return new DynamodbOutcomeHistory(
                clients.enhancedDynamoDb(),
                settings.text(Setting.OUTCOMES_TABLE),
                settings.retention(),
                clock);
    }

    public Exposures exposures() {
        return new DynamodbExposures(
                clients.dynamoDb(),
                settings.text(Setting.EXPOSURES_TABLE),
                settings.retention(),
                clock);
    }

    public DynamodbUsers users() {
        return new DynamodbUsers(
                clients.enhancedDynamoDb(),
                settings.text(Setting.USERS_TABLE),
                settings.retention(),
                clock);
    }

    public Catalog items() {
        return new DynamodbCatalog(
                clients.enhancedDynamoDb(),
                settings.text(Setting.ITEMS_TABLE),
                settings.retention(),
                clock);
    }

    public AccessKeys accessKeys() {
        return new DynamodbAccessKeys(
                clients.enhancedDynamoDb(), settings.text(Setting.KEYS_TABLE), clock);
    }

    public DefinitionStore definitions() {
        return new DynamodbDefinitions(
                clients.enhancedDynamoDb(), settings.text(Setting.EXPERIMENTS_TABLE));
    }

    public ModelLogs modelLogs() {
        return new DynamodbModelLogs(
                clients.enhancedDynamoDb(),
                settings.text(Setting.MODELS_TABLE),
                S3ObjectStore.ofModels(
                        clients.s3(),
                        settings.text(Setting.MODEL_BUCKET),
                        settings.find(StackOptions.PROTECTION).orElse(false)),
                settings.modelId(),
                settings.find(StackOptions.NEWEST_COPIES).orElse(1),
                clock);
    }

    public Trends trends() {
        return new DynamodbTrends(
                clients.enhancedDynamoDb(),
                settings.text(Setting.TRENDS_TABLE),
                settings.retention(),
                clock);
    }

    public EventLog eventLog() {
        return new KinesisEventLog(clients.kinesis(), settings.text(Setting.EVENTS_STREAM));
    }

    public ExampleLog exampleLog() {
        return new KinesisExampleLog(clients.kinesis(), settings.text(Setting.EXAMPLES_STREAM));
    }

    /**
     * Returns what the stream of examples still has.
     *
     * @param from where to begin; empty for the oldest record
     * @param after the position up to which records are left out; 0 for none
     */
    KinesisExampleHistory exampleHistory(Optional<Instant> from, BigInteger after) {
        return new KinesisExampleHistory(
                clients.kinesis(), settings.text(Setting.EXAMPLES_STREAM), from, after);
    }

    public S3Quarantine quarantine() {
        return new S3Quarantine(clients.s3(), settings.text(Setting.QUARANTINE_BUCKET));
    }
}
