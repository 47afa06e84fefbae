package dev.freshet.aws;

/** The variables of the environment that Freshet itself defines, and what each is for. */
public enum Setting {
    STAGE("FRESHET_STAGE", "the stage of the deployment, such as dev or prod"),
    MODEL_ID("FRESHET_MODEL_ID", "the name of the model that is trained and served"),
    EVENTS_STREAM("FRESHET_EVENTS_STREAM", "the name of the Kinesis stream of events"),
    EXAMPLES_STREAM("FRESHET_EXAMPLES_STREAM", "the name of the Kinesis stream of examples"),
    INTERACTIONS_TABLE("FRESHET_INTERACTIONS_TABLE", "the DynamoDB table of interactions"),
    USERS_TABLE("FRESHET_USERS_TABLE", "the DynamoDB table of users"),
    ITEMS_TABLE("FRESHET_ITEMS_TABLE", "the DynamoDB table of items"),
    TRENDS_TABLE("FRESHET_TRENDS_TABLE", "the DynamoDB table of trends"),
    MODELS_TABLE("FRESHET_MODELS_TABLE", "the DynamoDB table of model versions"),
    KEYS_TABLE("FRESHET_KEYS_TABLE", "the DynamoDB table of access keys"),
    MODEL_BUCKET("FRESHET_MODEL_BUCKET", "the S3 bucket of deltas and snapshots"),
    QUARANTINE_BUCKET("FRESHET_QUARANTINE_BUCKET", "the S3 bucket of quarantined records"),
    SECRET_ARN("FRESHET_SECRET_ARN", "the ARN of the stack's secret in Secrets Manager"),
    SECRET("FRESHET_SECRET", "the secret itself, in the local cloud only"),
    AUDIENCE("FRESHET_AUDIENCE", "what user tokens have to name as their audience"),
    ANONYMOUS_PREFIX("FRESHET_ANONYMOUS_PREFIX", "what the ids of anonymous readers begin with"),
    ID_SECRET_ARN("FRESHET_ID_SECRET_ARN", "the ARN of the key that replaces persons' ids"),
    ID_SECRET("FRESHET_ID_SECRET", "that key itself, in the local cloud only"),
    RETENTION("FRESHET_RETENTION_DAYS", "how many days the stores keep what they hold"),
    STRENGTHS("FRESHET_STRENGTHS", "an owner's changes to the strengths of events, as JSON"),
    EMBEDDER("FRESHET_EMBEDDER", "what turns texts into vectors: minilm, bedrock or none"),
    BLEND("FRESHET_BLEND", "how sources become one score: stacking, weighted or switching"),
    LEASES("FRESHET_LEASES", "what the names of the worker's tables of leases begin with"),
    FAILOVER("FRESHET_FAILOVER_MS", "after how many milliseconds a silent worker counts as dead");

    private final String variable;
    private final String purpose;

    Setting(String variable, String purpose) {
        this.variable = variable;
        this.purpose = purpose;
    }

    /** The variable's name in the environment. */
    public String variable() {
        return variable;
    }

    /** Completes the sentence "it names …" or "it is …". */
    public String purpose() {
        return purpose;
    }
}
