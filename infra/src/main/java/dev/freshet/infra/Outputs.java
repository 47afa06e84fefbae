package dev.freshet.infra;

import software.amazon.awscdk.CfnOutput;
import software.constructs.Construct;

/** What the owner needs to know once the stack stands. */
final class Outputs {
    private final Construct scope;

    Outputs(Construct scope, Api api, Callers callers, Storage storage, Alarms alarms) {
        this.scope = scope;
        output("ApiUrl", "Where requests go, signed", api.api.getUrl());
        output(
                "ReadingPolicyArn",
                "For the role that serves readers",
                callers.reading.getManagedPolicyArn());
        output(
                "KeepingPolicyArn",
                "For the role that keeps the catalogue",
                callers.keeping.getManagedPolicyArn());
        output("ModelBucketName", "The models", storage.modelBucket.getBucketName());
        output(
                "QuarantineBucketName",
                "What could not be taken",
                storage.quarantineBucket.getBucketName());
        output("SecretArn", "The secret of the stack", storage.secret.getSecretArn());
        output("AlarmTopicArn", "Where alarms go", alarms.topic.getTopicArn());
    }

    private void output(String name, String description, String value) {
        CfnOutput.Builder.create(scope, name)
                .description(description)
                .value(value)
                .build()
                .overrideLogicalId(name);
    }
}
