package dev.freshet.cli.cost;

/**
 * What AWS charges for, in the unit that {@code prices.json} prices. The name in lower case with
 * hyphens is the key in that file.
 */
public enum Charge {
    KINESIS_SHARD_HOUR("Kinesis"),
    KINESIS_EXTENDED_SHARD_HOUR("Kinesis"),
    KINESIS_PUT_UNIT("Kinesis"),
    KINESIS_CONSUMER_SHARD_HOUR("Kinesis"),
    DYNAMODB_WRITE_UNIT("DynamoDB"),
    DYNAMODB_READ_UNIT("DynamoDB"),
    DYNAMODB_GB_MONTH("DynamoDB"),
    DYNAMODB_RECOVERY_GB_MONTH("DynamoDB"),
    LAMBDA_REQUEST("Lambda"),
    LAMBDA_GB_SECOND("Lambda"),
    S3_PUT("S3"),
    S3_GET("S3"),
    LOG_GB("Logs"),
    XRAY_TRACE("X-Ray"),
    CLOUDWATCH_METRIC("Metrics and alarms"),
    CLOUDWATCH_ALARM("Metrics and alarms"),
    CLOUDWATCH_COMPOSITE_ALARM("Metrics and alarms"),
    CLOUDWATCH_DASHBOARD("Metrics and alarms"),
    SECRET("Secrets and keys"),
    KMS_KEY("Secrets and keys"),
    REST_API_REQUEST("API Gateway"),
    HTTP_API_REQUEST("API Gateway"),
    TRANSFER_GB("Data transfer"),
    WAF_ACL("WAF"),
    WAF_RULE("WAF"),
    WAF_REQUEST("WAF"),
    FARGATE_CPU_HOUR("Fargate"),
    FARGATE_GB_HOUR("Fargate"),
    PUBLIC_ADDRESS_HOUR("Fargate"),
    FIREHOSE_ICEBERG_GB("Lake"),
    ATHENA_TB("Lake"),
    STATE_TRANSITION("Lake"),
    S3_GB_MONTH("Lake"),
    EXPRESS_REQUEST("Lists in bulk"),
    EXPRESS_GB_SECOND("Lists in bulk"),
    EMR_CPU_HOUR("Batch jobs"),
    EMR_GB_HOUR("Batch jobs");

    private final String service;

    Charge(String service) {
        this.service = service;
    }

    /** Returns the heading of the bill that the charge is under. */
    public String service() {
        return service;
    }

    /** Returns the key of the charge in {@code prices.json}. */
    String key() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
