package dev.freshet.infra;

import software.amazon.awscdk.CfnOutput;
import software.constructs.Construct;

/** What the owner needs to know once the stack stands. */
final class Outputs {
    private final Construct scope;

    Outputs(Construct scope, Api api, StackUsagePlans plans, Storage storage, Alarms alarms) {
        this.scope = scope;
        output("ApiUrl", "Where requests go, with a key", api.api.getUrl());
        output("KeysTableName", "The keys", storage.keys.getTableName());
        plans.ids().forEach((name, id) -> output(name, "Where such keys are counted", id));
        output("ModelBucketName", "The models", storage.modelBucket.getBucketName());
        output(
                "QuarantineBucketName",
                "What could not be taken",
                storage.quarantineBucket.getBucketName());
        output("SecretArn", "The secret of the stack", storage.secret.getSecretArn());
        output("AlarmTopicArn", "Where alarms go", alarms.topic.getTopicArn());
    }

    /** What user tokens have to name. */
    void audience(String audience) {
        output("Audience", "What user tokens name as aud", audience);
    }

    /** The API for callers inside AWS. */
    void signed(Api api, Callers callers) {
        output("SignedApiUrl", "Where requests go, signed with IAM", api.api.getUrl());
        output(
                "ReadingPolicyArn",
                "For the role that serves readers",
                callers.reading.getManagedPolicyArn());
        output(
                "KeepingPolicyArn",
                "For the role that keeps the catalogue",
                callers.keeping.getManagedPolicyArn());
    }

    private void output(String name, String description, String value) {
        CfnOutput.Builder.create(scope, name)
                .description(description)
                .value(value)
                .build()
                .overrideLogicalId(name);
    }
}
