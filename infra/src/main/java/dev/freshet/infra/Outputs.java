package dev.freshet.infra;

import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/**
 * The outputs of the stack: what its owner needs to know, and the names by which the command line
 * finds what it works on.
 */
final class Outputs {
    private final Construct scope;

    Outputs(
            Construct scope,
            StackSettings settings,
            ApiEndpoint endpoint,
            Storage storage,
            StackStreams streams,
            Alarms alarms) {
        this.scope = scope;
        output("ApiUrl", "Where requests go, with a key", endpoint.url());
        output("Entrance", "What receives the requests", settings.text(StackOptions.ENTRANCE));
        output("Stage", "The stage of the stack", settings.text(StackOptions.STAGE));
        output(
                "ModelId",
                "The model that is trained and served",
                settings.get(StackOptions.MODEL_ID));
        output(
                "Catalogue",
                "Whether items have to be in the catalogue",
                settings.text(StackOptions.CATALOGUE));
        settings.find(StackOptions.EVENT_TYPES)
                .ifPresent(types -> output("EventTypes", "The owner's types of events", types));
        settings.find(StackOptions.OBJECTIVE)
                .ifPresent(
                        weights ->
                                output("Objective", "What interactions teach the blend", weights));
        output("EventsStreamName", "The events", streams.events.getStreamName());
        output("ExamplesStreamName", "The examples", streams.examples.getStreamName());
        output("ItemsTableName", "The catalogue", storage.items.getTableName());
        output("UsersTableName", "The users", storage.users.getTableName());
        output("InteractionsTableName", "The interactions", storage.interactions.getTableName());
        output("ModelsTableName", "The versions of the models", storage.models.getTableName());
        output("KeysTableName", "The keys", storage.keys.getTableName());
        output("ModelBucketName", "The models", storage.modelBucket.getBucketName());
        output(
                "QuarantineBucketName",
                "The quarantined records",
                storage.quarantineBucket.getBucketName());
        output("SecretArn", "The secret of the stack", storage.secret.getSecretArn());
        output("AlarmTopicArn", "Where alarms go", alarms.topic.getTopicArn());
    }

    /** Adds the ids of the usage plans. */
    void plans(StackUsagePlans plans) {
        plans.ids().forEach((name, id) -> output(name, "The usage plan of such keys", id));
    }

    /** Adds the names by which the lake is queried. */
    void lake(Lake lake) {
        output("LakeBucketName", "The lake", lake.storage().bucket.getBucketName());
        output("LakeDatabaseName", "The tables of the lake", lake.storage().databaseName);
        output("LakeWorkgroupName", "Where queries of the lake go", lake.storage().workgroupName);
        output(
                "LakeNightArn",
                "What settles the lake and erases in it",
                lake.night().machine.getStateMachineArn());
        output(
                "LakeDeliveryName",
                "What delivers events to the lake",
                lake.delivery().stream.getRef());
    }

    /** Adds what makes lists in bulk. */
    void bulk(BulkMachine bulk) {
        output("BulkMachineArn", "What makes lists in bulk", bulk.machine.getStateMachineArn());
    }

    /** Adds what runs batch jobs. */
    void batch(BatchMachine batch) {
        output(
                "BatchMachineArn",
                "What runs batch jobs over the lake",
                batch.machine.getStateMachineArn());
    }

    /** Adds what serves the pages. */
    void site(SitePages pages, Bucket bucket) {
        output("SiteUrl", "Where the pages and the API are under one host", pages.url());
        output("SiteBucketName", "The pages", bucket.getBucketName());
        output("SiteHeadersHash", "The headers of the pages", pages.headersHash);
    }

    /** Adds the audience of user tokens. */
    void audience(String audience) {
        output("Audience", "The audience (aud) that user tokens must name", audience);
    }

    /** Adds the outputs of the API for callers inside AWS. */
    void signed(Api api, Callers callers) {
        output(
                "SignedApiUrl",
                "The address of the API for requests signed with IAM",
                api.api.getUrl());
        output(
                "ClientPolicyArn",
                "The policy for the role that serves users",
                callers.reading.getManagedPolicyArn());
        output(
                "MaintenancePolicyArn",
                "The policy for the role that maintains the catalogue",
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
