package dev.freshet.infra;

import dev.freshet.aws.Setting;
import dev.freshet.aws.option.StackOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnElement;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.Billing;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexPropsV2;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.ec2.FlowLog;
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
import software.constructs.Construct;

/**
 * The always-on worker on Fargate, which replaces the event source mappings: a service of a few
 * tasks that share the shards.
 *
 * <p>The tasks run in public subnets of a network of their own. They have public addresses, but
 * listen on no port, and their security group allows no inbound traffic. An address costs $3.65 a
 * month for each task; a NAT gateway would cost $33 and more, and interface endpoints $7.30 for
 * each service and zone. DynamoDB and S3 are reached through gateway endpoints, which cost nothing.
 */
final class WorkerService extends Construct {
    private static final int CPU = 1024;
    private static final int MEMORY_MB = 2048;
    private static final int ZONES = 2;

    /** The time in which a task must stop, longer than the 25 s that the worker takes at most. */
    private static final Duration STOP = Duration.seconds(60);

    final FargateService service;

    WorkerService(Construct scope, SecurityBaseline baseline, Functions functions, Path folder) {
        super(scope, "Worker");
        String leases = baseline.settings.get(StackOptions.STACK_NAME) + "-leases";
        Role role = Access.role(this, "Permissions of Freshet's worker", "ecs-tasks");
        List<PolicyStatement> access = new ArrayList<>(functions.workerAccess());
        for (String kind : List.of("events", "examples")) {
            access.addAll(leaseAccess(leaseTable(baseline, leases, kind)));
            access.add(tablesOfEarlierVersions(leases + "-" + kind));
        }
        baseline.allow(role, access);
        FargateTaskDefinition task = task(role);
        AssetImageProps platform = AssetImageProps.builder().platform(Platform.LINUX_ARM64).build();
        AwsLogDriverProps log =
                AwsLogDriverProps.builder()
                        .logGroup(baseline.log(this, "WorkerLog"))
                        .streamPrefix("worker")
                        .build();
        Map<String, String> environment = functions.workerEnvironment();
        environment.put(Setting.LEASES.variable(), leases);
        baseline.settings
                .find(StackOptions.READ_FROM)
                .ifPresent(time -> environment.put(Setting.READ_FROM.variable(), time.toString()));
        task.addContainer(
                "worker",
                ContainerDefinitionOptions.builder()
                        .image(ContainerImage.fromAsset(folder.toString(), platform))
                        .stopTimeout(STOP)
                        .logging(LogDriver.awsLogs(log))
                        .environment(environment)
                        .build());
        Acknowledged.at(
                task,
                "ECS2",
                "The environment holds names of tables, streams and buckets; the secret is read from Secrets Manager.");
        Acknowledged.anyResource(
                task,
                "ecr:GetAuthorizationToken, needed to pull the image, cannot be limited to a resource.");
        service = service(baseline, task);
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
        FreshetStack.pin(task, "WorkerTask");
        return task;
    }

    private FargateService service(SecurityBaseline baseline, FargateTaskDefinition task) {
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
        FlowLog refused =
                vpc.addFlowLog(
                        "Refused",
                        FlowLogOptions.builder()
                                .destination(
                                        FlowLogDestination.toCloudWatchLogs(
                                                baseline.log(vpc, "NetworkLog")))
                                .trafficType(FlowLogTrafficType.REJECT)
                                .build());
        Access.forThisAccount(Objects.requireNonNull(refused.getIamRole()));
        vpc.addGatewayEndpoint("DynamoDb", endpoint(GatewayVpcEndpointAwsService.DYNAMODB));
        vpc.addGatewayEndpoint("S3", endpoint(GatewayVpcEndpointAwsService.S3));
        FargateService service =
                FargateService.Builder.create(this, "Service")
                        .cluster(cluster(vpc))
                        .taskDefinition(task)
                        .desiredCount(baseline.settings.get(StackOptions.WORKERS))
                        .assignPublicIp(true)
                        .minHealthyPercent(100)
                        .maxHealthyPercent(200)
                        .circuitBreaker(DeploymentCircuitBreaker.builder().rollback(true).build())
                        .build();
        ((CfnElement) service.getNode().findChild("Service")).overrideLogicalId("WorkerService");
        return service;
    }

    private Cluster cluster(Vpc vpc) {
        Cluster cluster = Cluster.Builder.create(this, "Cluster").vpc(vpc).build();
        Acknowledged.at(
                cluster,
                "ECS4",
                "The worker reports how far behind it is, and an alarm sounds if it reports nothing; Container"
                        + " Insights would cost extra for each metric.");
        return cluster;
    }

    private static GatewayVpcEndpointOptions endpoint(GatewayVpcEndpointAwsService service) {
        return GatewayVpcEndpointOptions.builder().service(service).build();
    }

    /**
     * Returns a lease table. The stack creates it, because the Kinesis Client Library would need
     * the permission to create tables. It may be lost: the streams are then read again from {@code
     * readFrom} or their beginnings, and records that were processed before have no second effect.
     * So it goes with the worker: a table that remained would have the name of the next one, and
     * leases that point before all that functions read since.
     */
    private TableV2 leaseTable(SecurityBaseline baseline, String leases, String kind) {
        String name = kind.equals("events") ? "EventsLeases" : "ExamplesLeases";
        GlobalSecondaryIndexPropsV2 byOwner =
                GlobalSecondaryIndexPropsV2.builder()
                        .indexName("LeaseOwnerToLeaseKeyIndex")
                        .partitionKey(Storage.text("leaseOwner"))
                        .sortKey(Storage.text("leaseKey"))
                        .projectionType(ProjectionType.KEYS_ONLY)
                        .build();
        TableV2 table =
                TableV2.Builder.create(this, name)
                        .tableName(leases + "-" + kind)
                        .partitionKey(Storage.text("leaseKey"))
                        .billing(Billing.onDemand())
                        .removalPolicy(RemovalPolicy.DESTROY)
                        .globalSecondaryIndexes(List.of(byOwner))
                        .build();
        baseline.encrypt(table);
        FreshetStack.pin(table, name);
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
                        "dynamodb:Query"));
    }

    /**
     * Allows asking whether the two tables exist in which earlier versions of the Kinesis Client
     * Library kept what it now keeps in the lease table. The library asks at its start, and treats
     * only the answer that a table does not exist as a reason to go on without it. This stack never
     * had those tables.
     */
    private PolicyStatement tablesOfEarlierVersions(String application) {
        return Access.allow(
                Stream.of("CoordinatorState", "WorkerMetricStats")
                        .map(suffix -> "table/" + application + "-" + suffix)
                        .map(table -> Access.arn(this, "dynamodb", table))
                        .toList(),
                List.of("dynamodb:DescribeTable"));
    }
}
