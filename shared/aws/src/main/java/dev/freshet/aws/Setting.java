package dev.freshet.aws;

import dev.freshet.aws.option.OptionValues.EnvironmentVariable;

/**
 * The environment variables that no option of a stack defines: names of tables, streams, buckets
 * and secrets, which the stack makes up when it is deployed, and settings of a single process. The
 * variables of options are those of {@link dev.freshet.aws.option.StackOptions}.
 */
public enum Setting implements EnvironmentVariable {
    EVENTS_STREAM("FRESHET_EVENTS_STREAM", "The name of the Kinesis stream of events."),
    EXAMPLES_STREAM("FRESHET_EXAMPLES_STREAM", "The name of the Kinesis stream of examples."),
    INTERACTIONS_TABLE(
            "FRESHET_INTERACTIONS_TABLE", "The name of the DynamoDB table of interactions."),
    EXPOSURES_TABLE("FRESHET_EXPOSURES_TABLE", "The name of the DynamoDB table of lists shown."),
    USERS_TABLE("FRESHET_USERS_TABLE", "The name of the DynamoDB table of users."),
    ITEMS_TABLE("FRESHET_ITEMS_TABLE", "The name of the DynamoDB table of items."),
    EXPERIMENTS_TABLE(
            "FRESHET_EXPERIMENTS_TABLE",
            "The name of the DynamoDB table of definitions of experiments."),
    TRENDS_TABLE("FRESHET_TRENDS_TABLE", "The name of the DynamoDB table of trends."),
    OUTCOMES_TABLE(
            "FRESHET_OUTCOMES_TABLE", "The name of the DynamoDB table of outcomes of past days."),
    MODELS_TABLE("FRESHET_MODELS_TABLE", "The name of the DynamoDB table of model versions."),
    KEYS_TABLE("FRESHET_KEYS_TABLE", "The name of the DynamoDB table of access keys."),
    MODEL_BUCKET("FRESHET_MODEL_BUCKET", "The name of the S3 bucket of deltas and snapshots."),
    QUARANTINE_BUCKET(
            "FRESHET_QUARANTINE_BUCKET", "The name of the S3 bucket of quarantined records."),
    LAKE_BUCKET("FRESHET_LAKE_BUCKET", "The name of the S3 bucket of the lake."),
    LAKE_DATABASE("FRESHET_LAKE_DATABASE", "The name of the Glue database of the lake."),
    LAKE_WORKGROUP("FRESHET_LAKE_WORKGROUP", "The name of the Athena workgroup of the lake."),
    SECRET_ARN("FRESHET_SECRET_ARN", "The ARN of the stack's secret in Secrets Manager."),
    SECRET("FRESHET_SECRET", "The stack's secret itself; used by the local cloud only."),
    ID_SECRET_ARN(
            "FRESHET_ID_SECRET_ARN",
            "The ARN of the secret, in Secrets Manager, that replaces the ids of users."),
    ID_SECRET(
            "FRESHET_ID_SECRET",
            "The secret that replaces the ids of users itself; used by the local cloud only."),
    CANARY_KEY_ARN(
            "FRESHET_CANARY_KEY_ARN",
            "The ARN of the secret, in Secrets Manager, with the key of the canary."),
    CANARY_URL("FRESHET_CANARY_URL", "The address below which the canary asks for a list."),
    COMPACT_FUNCTION(
            "FRESHET_COMPACT_FUNCTION",
            "The name of the Lambda function that compacts the model log, which the trainer invokes"
                    + " each 32 versions."),
    FEATURES_FUNCTION(
            "FRESHET_FEATURES_FUNCTION",
            "The name of the Lambda function that reads events; not set where the worker does."),
    TRAIN_FUNCTION(
            "FRESHET_TRAIN_FUNCTION",
            "The name of the Lambda function that reads examples; not set where the worker does."),
    LAKE_DELIVERY(
            "FRESHET_LAKE_DELIVERY",
            "The name of the Firehose stream that reads events; not set without a lake."),
    RETENTION(
            "FRESHET_RETENTION_DAYS",
            "How many days each store keeps its data, such as interactions=90,users=400."),
    LEASES("FRESHET_LEASES", "The prefix of the names of the worker's lease tables."),
    READ_FROM(
            "FRESHET_READ_FROM",
            "The time from which the worker reads a stream that it has no leases of; the oldest"
                    + " record where it is not set."),
    FAILOVER(
            "FRESHET_FAILOVER_MS",
            "The milliseconds after which a worker that renews no lease counts as dead."),
    API_METRICS(
            "FRESHET_API_METRICS",
            "The dimensions of the API's metrics in CloudWatch, such as ApiName=freshet,Stage=v1."),
    FUNCTION_VERSION(
            "AWS_LAMBDA_FUNCTION_VERSION",
            "The published version of the function, which Lambda sets; on the local cloud how often"
                    + " that was started."),
    MEASUREMENTS(
            "FRESHET_MEASUREMENTS",
            "The address at which the local cloud answers what it measures; used by it only.");

    private final String variable;
    private final String meaning;

    Setting(String variable, String meaning) {
        this.variable = variable;
        this.meaning = meaning;
    }

    @Override
    public String variable() {
        return variable;
    }

    @Override
    public String meaning() {
        return meaning;
    }
}
