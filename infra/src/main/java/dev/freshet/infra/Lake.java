package dev.freshet.infra;

import dev.freshet.aws.Setting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/**
 * The lake of a stack: every accepted event as rows of Iceberg tables that Athena queries. Events
 * take the way {@link LakeFirehose} to {@link LakeStorage}, into tables that {@link Tables} makes;
 * {@link LakeNight} keeps them.
 *
 * @param storage bucket, database and workgroup
 * @param delivery from the stream of events
 * @param night settles, erases and compacts
 */
record Lake(LakeStorage storage, LakeFirehose delivery, LakeNight night) {
    /** Creates tables, delivery and state machine, in this order. */
    static Lake of(
            Construct scope,
            SecurityBaseline baseline,
            LakeStorage storage,
            StackStreams streams,
            Functions functions) {
        FreshetFunction function = functions.lake.orElseThrow();
        Construct tables = new Tables(scope, storage, functions.lakeTables.orElseThrow()).resource;
        LakeFirehose delivery =
                new LakeFirehose(scope, baseline, storage, streams.events, function, tables);
        functions.retain.function.addEnvironment(
                Setting.LAKE_DELIVERY.variable(), delivery.stream.getRef());
        LakeNight night = new LakeNight(scope, baseline, storage, delivery, function);
        return new Lake(storage, delivery, night);
    }

    /**
     * The tables and views of the lake, which Athena makes by a custom resource: Firehose writes
     * only into tables that were made through Iceberg's own catalog, as Athena does.
     *
     * <p>The resource runs all its statements at each change of one; those do nothing to a table
     * that is there. With the stack it is forgotten and the tables stay: those of a {@code dev}
     * stack go with its database.
     */
    static final class Tables extends Construct {
        /** How long CloudFormation waits for the function, which takes at most five minutes. */
        private static final int PATIENCE_SECONDS = 600;

        final CustomResource resource;

        Tables(Construct scope, LakeStorage lake, FreshetFunction function) {
            super(scope, "LakeTables");
            resource =
                    CustomResource.Builder.create(this, "Tables")
                            .serviceToken(function.function.getFunctionArn())
                            .removalPolicy(RemovalPolicy.DESTROY)
                            .properties(
                                    new TreeMap<>(
                                            Map.of(
                                                    "Database",
                                                    lake.databaseName,
                                                    "Statements",
                                                    LakeStatements.definitions(lake))))
                            .build();
            FreshetStack.pin(resource, "LakeTablesMade");
            // CDK writes it as a text.
            FreshetStack.resource(resource, CfnResource.class)
                    .addPropertyOverride("ServiceTimeout", PATIENCE_SECONDS);
            lake.before(resource);
            resource.getNode().addDependency(function.role);
        }

        /** Returns the permissions of the function that makes the tables. */
        static List<PolicyStatement> access(LakeStorage lake) {
            List<PolicyStatement> access = new ArrayList<>(lake.queries(lake.workgroupName));
            Collections.addAll(
                    access,
                    lake.definitions(LakeStatements.names(), "CreateTable", "UpdateTable"),
                    Access.objects(
                            lake.bucket,
                            LakeStorage.TABLES_PREFIX,
                            "DeleteObject",
                            "GetObject",
                            "PutObject"),
                    Access.objects(lake.bucket, LakeStorage.RESULTS_PREFIX, "DeleteObject"),
                    Access.objects(lake.bucket, LakeStorage.ERRORS_PREFIX, "DeleteObject"),
                    lake.list(),
                    Access.allow(Stack.of(lake).getStackId(), "cloudformation:DescribeStacks"));
            return access;
        }
    }
}
