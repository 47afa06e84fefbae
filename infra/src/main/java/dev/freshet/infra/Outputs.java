package dev.freshet.infra;

import dev.freshet.aws.Setting;
import dev.freshet.aws.option.OptionRecord;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
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
        OptionRecord record = OptionRecord.of(settings);
        String options = "The options of the deployment that are not the default";
        output(OptionRecord.VALUES_OUTPUT, options, record.text());
        output(OptionRecord.HASH_OUTPUT, "The hash of all options", record.hash());
        output("Stage", "The stage of the stack", settings.text(StackOptions.STAGE));
        String model = settings.get(StackOptions.MODEL_ID);
        output("ModelId", "The model that is trained and served", model);
        String catalogue = settings.text(StackOptions.CATALOGUE);
        output("Catalogue", "Whether items have to be in the catalogue", catalogue);
        settings.find(StackOptions.EVENT_TYPES)
                .ifPresent(types -> output("EventTypes", "The owner's types of events", types));
        String taught = "What interactions teach the blend";
        settings.find(StackOptions.OBJECTIVE)
                .ifPresent(weights -> output("Objective", taught, weights));
        output("EventsStreamName", "The events", streams.events.getStreamName());
        output("ExamplesStreamName", "The examples", streams.examples.getStreamName());
        table("ItemsTableName", "The catalogue", storage.table(Setting.ITEMS_TABLE));
        table("UsersTableName", "The users", storage.table(Setting.USERS_TABLE));
        table(
                "InteractionsTableName",
                "The interactions",
                storage.table(Setting.INTERACTIONS_TABLE));
        table("ExposuresTableName", "The lists shown", storage.table(Setting.EXPOSURES_TABLE));
        table("OutcomesTableName", "The past outcomes", storage.table(Setting.OUTCOMES_TABLE));
        table("TrendsTableName", "The trends", storage.table(Setting.TRENDS_TABLE));
        table("ExperimentsTableName", "Experiments", storage.table(Setting.EXPERIMENTS_TABLE));
        table("ModelsTableName", "The versions of the models", storage.table(Setting.MODELS_TABLE));
        table("KeysTableName", "The keys", storage.table(Setting.KEYS_TABLE));
        output("ModelBucketName", "The models", storage.modelBucket.getBucketName());
        String quarantine = storage.quarantineBucket.getBucketName();
        output("QuarantineBucketName", "The quarantined records", quarantine);
        output("SecretArn", "The secret of the stack", storage.secret.getSecretArn());
        output(
                "AlarmTopicArn",
                "Where alarms go; an address gets them once it has confirmed",
                alarms.topic.getTopicArn());
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
        machine("LakeNightArn", "What settles the lake and erases in it", lake.night().machine);
        String delivery = lake.delivery().stream.getRef();
        output("LakeDeliveryName", "What delivers events to the lake", delivery);
    }

    /** Adds what makes lists in bulk. */
    void bulk(BulkMachine bulk) {
        machine("BulkMachineArn", "What makes lists in bulk", bulk.machine);
    }

    /** Adds what runs batch jobs. */
    void batch(BatchMachine batch) {
        machine("BatchMachineArn", "What runs batch jobs over the lake", batch.machine);
    }

    /** Adds what serves the pages. */
    void site(SitePages pages, Bucket bucket) {
        output("SiteUrl", "Where the pages and the API are under one host", pages.url());
        output("SiteBucketName", "The pages", bucket.getBucketName());
        output("SiteHeadersHash", "The headers of the pages", pages.headersHash);
    }

    /** Adds where a record of the owner's domain leads. */
    void domain(String target) {
        output("DomainTarget", "The host that the record of the domain leads to", target);
    }

    /** Adds the policies for people. */
    void operators(Operators people) {
        output(
                "ReadOnlyPolicyArn",
                "The policy to see alarms, metrics and logs",
                people.reading.getManagedPolicyArn());
        output(
                "OnCallPolicyArn",
                "The policy to act on alarms, besides the other",
                people.onCall.getManagedPolicyArn());
    }

    /** Adds the audience of user tokens. */
    void audience(String audience) {
        output("Audience", "The audience (aud) that user tokens must name", audience);
    }

    /** Adds the outputs of the API for callers inside AWS. */
    void signed(Api api, Callers callers) {
        String url = api.api.getUrl();
        output("SignedApiUrl", "The address of the API for requests signed with IAM", url);
        String reading = callers.reading.getManagedPolicyArn();
        output("ClientPolicyArn", "The policy for the role that serves users", reading);
        String keeping = callers.keeping.getManagedPolicyArn();
        String maintenance = "The policy for the role that maintains the catalogue";
        output("MaintenancePolicyArn", maintenance, keeping);
    }

    private void table(String name, String description, ITable table) {
        output(name, description, table.getTableName());
    }

    private void machine(String name, String description, StateMachine machine) {
        output(name, description, machine.getStateMachineArn());
    }

    private void output(String name, String description, String value) {
        CfnOutput.Builder.create(scope, name)
                .description(description)
                .value(value)
                .build()
                .overrideLogicalId(name);
    }
}
