package dev.freshet.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/**
 * The tables and views of the lake, which Athena makes by a custom resource: Firehose writes only
 * into tables that were made through Iceberg's own catalog, as Athena does.
 *
 * <p>The resource runs all its statements at each change of one; those do nothing to a table that
 * is there. With the stack it is forgotten and the tables stay: those of a {@code dev} stack go
 * with its database.
 */
final class LakeTables extends Construct {
    /** How long CloudFormation waits for the function, which takes at most five minutes. */
    private static final int PATIENCE_SECONDS = 600;

    final CustomResource resource;

    LakeTables(Construct scope, LakeStorage lake, FreshetFunction function) {
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
        LogicalIds.pin(resource, "LakeTablesMade");
        if (resource.getNode().getDefaultChild() instanceof CfnResource made) {
            // CDK writes it as a text.
            made.addPropertyOverride("ServiceTimeout", PATIENCE_SECONDS);
        }
        lake.before(resource);
        resource.getNode().addDependency(function.role);
    }

    /** Returns the permissions of the function that makes the tables. */
    static List<PolicyStatement> access(LakeStorage lake) {
        List<PolicyStatement> access = new ArrayList<>(lake.queries());
        access.add(lake.definitions(LakeStatements.names(), "CreateTable", "UpdateTable"));
        access.add(
                Access.objects(lake.bucket, LakeStorage.TABLES_PREFIX, "GetObject", "PutObject"));
        access.add(lake.list());
        return List.copyOf(access);
    }
}
