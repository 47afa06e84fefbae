package dev.freshet.infra;

import dev.freshet.aws.Setting;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.CfnElement;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexPropsV2;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.ec2.FlowLogDestination;
import software.amazon.awscdk.services.ec2.FlowLogOptions;
import software.amazon.awscdk.services.ec2.FlowLogTrafficType;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ecr.assets.Platform;
import software.amazon.awscdk.services.ecs.AssetImageProps;
import software.amazon.awscdk.services.ecs.AwsLogDriverProps;
import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.CpuArchitecture;
import software.amazon.awscdk.services.ecs.DeploymentCircuitBreaker;
import software.amazon.awscdk.services.ecs.FargateService;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.ecs.LogDriver;
import software.amazon.awscdk.services.ecs.OperatingSystemFamily;
import software.amazon.awscdk.services.ecs.RuntimePlatform;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * The always-on worker on Fargate, in place of the mappings: a service of a few tasks that share
 * the shards.
 *
 * <p>The tasks stand in public subnets of a network of their own, with addresses but with nothing
 * listening and nothing let in: an address is $3.65 a month for each task, a NAT gateway would be
 * $33 and more, and interface endpoints $7.30 for each service and zone. DynamoDB and S3 are
 * reached through gateway endpoints, which cost nothing.
 */
final class WorkerService extends Construct {
    private static final int CPU = 1024;
    private static final int MEMORY_MB = 2048;
    private static final int ZONES = 2;

    /** More than the worker's own patience of 25 s. */
    private static final Duration STOP = Duration.seconds(60);

    WorkerService(
            Construct scope,
            StackSettings settings,
            SecurityBaseline safeguards,
            Functions functions,
            Path folder) {
        super(scope, "Worker");
        String leases = settings.get(StackOptions.STACK_NAME) + "-leases";
        Role role =
                Role.Builder.create(this, "Role")
                        .description("What Freshet's worker may do")
                        .assumedBy(new ServicePrincipal("ecs-tasks.amazonaws.com"))
                        .build();
        List<PolicyStatement> access = new ArrayList<>(functions.workerAccess());
        for (String kind : List.of("events", "examples")) {
            access.addAll(leaseAccess(leaseTable(safeguards, leases, kind)));
        }
        safeguards.allow(role, access);
        FargateTaskDefinition task = task(role);
        ContainerDefinitionOptions.Builder container =
                ContainerDefinitionOptions.builder()
                        .image(
                                ContainerImage.fromAsset(
                                        folder.toString(),
                                        AssetImageProps.builder()
                                                .platform(Platform.LINUX_ARM64)
                                                .build()))
                        .stopTimeout(STOP)
                        .logging(
                                LogDriver.awsLogs(
                                        AwsLogDriverProps.builder()
                                                .logGroup(safeguards.log(this, "WorkerLog"))
                                                .streamPrefix("worker")
                                                .build()));
        var environment = functions.workerEnvironment();
        environment.put(Setting.LEASES.variable(), leases);
        container.environment(environment);
        task.addContainer("worker", container.build());
        Acknowledged.at(
                task,
                "ECS2",
                "Its environment names tables, streams and buckets; the secret is read.");
        Acknowledged.at(
                task,
                "IAM5",
                "Resource::*",
                "ecr:GetAuthorizationToken, to pull the image, knows no resource to name.");
        service(settings, safeguards, task);
    }

    private FargateTaskDefinition task(Role role) {
        FargateTaskDefinition task =
                FargateTaskDefinition.Builder.create(this, "Task")
                        .cpu(CPU)
                        .memoryLimitMiB(MEMORY_MB)
                        .runtimePlatform(
                                RuntimePlatform.builder()
                                        .cpuArchitecture(CpuArchitecture.ARM64)
                                        .operatingSystemFamily(OperatingSystemFamily.LINUX)
                                        .build())
                        .taskRole(role)
                        .build();
        LogicalIds.pin(task, "WorkerTask");
        return task;
    }

    private void service(
            StackSettings settings, SecurityBaseline safeguards, FargateTaskDefinition task) {
        Vpc vpc =
                Vpc.Builder.create(this, "Network")
                        .maxAzs(ZONES)
                        .natGateways(0)
                        .restrictDefaultSecurityGroup(false)
                        .subnetConfiguration(
                                List.of(
                                        SubnetConfiguration.builder()
                                                .name("public")
                                                .subnetType(SubnetType.PUBLIC)
                                                .build()))
                        .build();
        vpc.addFlowLog(
                "Refused",
                FlowLogOptions.builder()
                        .destination(
                                FlowLogDestination.toCloudWatchLogs(
                                        safeguards.log(vpc, "NetworkLog")))
                        .trafficType(FlowLogTrafficType.REJECT)
                        .build());
        vpc.addGatewayEndpoint("DynamoDb", endpoint(GatewayVpcEndpointAwsService.DYNAMODB));
        vpc.addGatewayEndpoint("S3", endpoint(GatewayVpcEndpointAwsService.S3));
        FargateService service =
                FargateService.Builder.create(this, "Service")
                        .cluster(cluster(vpc))
                        .taskDefinition(task)
                        .desiredCount(settings.get(StackOptions.WORKERS))
                        .assignPublicIp(true)
                        .minHealthyPercent(100)
                        .maxHealthyPercent(200)
                        .circuitBreaker(DeploymentCircuitBreaker.builder().rollback(true).build())
                        .build();
        if (service.getNode().findChild("Service") instanceof CfnElement resource) {
            resource.overrideLogicalId("WorkerService");
        }
    }

    private Cluster cluster(Vpc vpc) {
        Cluster cluster = Cluster.Builder.create(this, "Cluster").vpc(vpc).build();
        Acknowledged.at(
                cluster,
                "ECS4",
                "The worker tells how far behind it is, and silence is an alarm; Container Insights would"
                        + " be paid for by the metric beside that.");
        return cluster;
    }

    private static GatewayVpcEndpointOptions endpoint(GatewayVpcEndpointAwsService service) {
        return GatewayVpcEndpointOptions.builder().service(service).build();
    }

    /**
     * Made here and not by the library, whose task would need the right to make tables. Holds
     * nothing to be kept: without it the streams are read from their beginnings, without a second
     * effect.
     */
    private TableV2 leaseTable(SecurityBaseline safeguards, String leases, String kind) {
        String name = kind.equals("events") ? "EventsLeases" : "ExamplesLeases";
        TableV2 table =
                TableV2.Builder.create(this, name)
                        .tableName(leases + "-" + kind)
                        .partitionKey(text("leaseKey"))
                        .billing(Billing.onDemand())
                        .removalPolicy(RemovalPolicy.DESTROY)
                        .globalSecondaryIndexes(
                                List.of(
                                        GlobalSecondaryIndexPropsV2.builder()
                                                .indexName("LeaseOwnerToLeaseKeyIndex")
                                                .partitionKey(text("leaseOwner"))
                                                .sortKey(text("leaseKey"))
                                                .projectionType(ProjectionType.KEYS_ONLY)
                                                .build()))
                        .build();
        safeguards.encrypt(table);
        LogicalIds.pin(table, name);
        return table;
    }

    private static List<PolicyStatement> leaseAccess(TableV2 table) {
        return List.of(
                Access.table(
                        table,
                        "DescribeTable",
                        "Scan",
                        "GetItem",
                        "PutItem",
                        "UpdateItem",
                        "DeleteItem"),
                Access.allow(
                        table.getTableArn() + "/index/LeaseOwnerToLeaseKeyIndex",
                        List.of("dynamodb:Query")));
    }

    private static Attribute text(String name) {
        return Attribute.builder().name(name).type(AttributeType.STRING).build();
    }
}
