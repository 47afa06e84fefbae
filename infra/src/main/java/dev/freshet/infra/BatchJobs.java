package dev.freshet.infra;

import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.lake.LakeTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.emrserverless.CfnApplication;
import software.amazon.awscdk.services.emrserverless.CfnApplication.AutoStartConfigurationProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.AutoStopConfigurationProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.ConfigurationObjectProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.ManagedPersistenceMonitoringConfigurationProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.MaximumAllowedResourcesProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.MonitoringConfigurationProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.S3MonitoringConfigurationProperty;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.constructs.Construct;

/**
 * What Spark's jobs over the lake run on: an application of EMR Serverless that starts with a job
 * and stops when none is left, the jar of the jobs, and the role that they have. Jobs read two
 * tables of the lake, write two, and write files below one prefix.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/using-iceberg.html">Using
 *     Apache Iceberg with EMR Serverless</a>
 */
final class BatchJobs extends Construct {
    /** The release: Spark 4.1 and Iceberg 1.11, with which the jobs are compiled and tested. */
    static final String RELEASE = "emr-spark-8.1.0";

    /** The name of the lake's catalog in Spark. */
    static final String CATALOG = "lake";

    /** The tables that jobs read. */
    static final List<LakeTable> READ = List.of(LakeTable.INTERACTIONS, LakeTable.MERGES);

    /** The tables that jobs write. */
    private static final List<String> WRITTEN =
            LakeTable.ofJobs().stream().map(LakeTable::sqlName).toList();

    /** The vCPUs of the driver, and of each executor, as Spark has them here by default. */
    private static final int CPUS_OF_WORKER = 4;

    private static final int GB_OF_CPU = 4;

    /** The disk of a worker that comes without a charge is 20 GB. */
    private static final int DISK_GB_OF_CPU = 5;

    private static final int IDLE_MINUTES = 5;

    final CfnApplication application;
    final Role role;
    final Asset jar;
    final LakeStorage lake;

    BatchJobs(Construct scope, SecurityBaseline baseline, LakeStorage lake, Path jarFile) {
        super(scope, "BatchJobs");
        this.lake = lake;
        jar = Asset.Builder.create(this, "Jar").path(jarFile.toString()).build();
        role = Access.role(this, "Permissions of Freshet's batch jobs", "emr-serverless");
        baseline.allow(role, access());
        application = application(baseline.settings);
    }

    private CfnApplication application(StackSettings settings) {
        int cpus = settings.get(StackOptions.BATCH_CPUS);
        ManagedPersistenceMonitoringConfigurationProperty unmanaged =
                ManagedPersistenceMonitoringConfigurationProperty.builder().enabled(false).build();
        S3MonitoringConfigurationProperty logs =
                S3MonitoringConfigurationProperty.builder()
                        .logUri(lake.address(LakeStorage.LOGS_PREFIX))
                        .build();
        CfnApplication made =
                CfnApplication.Builder.create(this, "Application")
                        .name(StateMachines.name(settings, "-batch"))
                        .type("SPARK")
                        .releaseLabel(RELEASE)
                        .architecture("ARM64")
                        .autoStartConfiguration(
                                AutoStartConfigurationProperty.builder().enabled(true).build())
                        .autoStopConfiguration(
                                AutoStopConfigurationProperty.builder()
                                        .enabled(true)
                                        .idleTimeoutMinutes(IDLE_MINUTES)
                                        .build())
                        .maximumCapacity(
                                MaximumAllowedResourcesProperty.builder()
                                        .cpu(cpus + " vCPU")
                                        .memory(cpus * GB_OF_CPU + " GB")
                                        .disk(cpus * DISK_GB_OF_CPU + " GB")
                                        .build())
                        .monitoringConfiguration(
                                MonitoringConfigurationProperty.builder()
                                        .managedPersistenceMonitoringConfiguration(unmanaged)
                                        .s3MonitoringConfiguration(logs)
                                        .build())
                        .runtimeConfiguration(
                                List.of(
                                        ConfigurationObjectProperty.builder()
                                                .classification("spark-defaults")
                                                .properties(spark(cpus))
                                                .build()))
                        .build();
        made.overrideLogicalId("BatchApplication");
        return made;
    }

    private Map<String, String> spark(int cpus) {
        String catalog = "spark.sql.catalog." + CATALOG;
        return new TreeMap<>(
                Map.of(
                        "spark.jars",
                        "/usr/share/aws/iceberg/lib/iceberg-spark3-runtime.jar",
                        "spark.sql.extensions",
                        "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
                        // Without it Spark asks Glue for the database default, of no right here.
                        "spark.sql.catalogImplementation",
                        "in-memory",
                        catalog,
                        "org.apache.iceberg.spark.SparkCatalog",
                        catalog + ".catalog-impl",
                        "org.apache.iceberg.aws.glue.GlueCatalog",
                        catalog + ".io-impl",
                        "org.apache.iceberg.aws.s3.S3FileIO",
                        catalog + ".warehouse",
                        lake.address(LakeStorage.TABLES_PREFIX),
                        // EMR begins with three, more than the fewest CPUs have room for.
                        "spark.dynamicAllocation.initialExecutors",
                        "1",
                        "spark.dynamicAllocation.maxExecutors",
                        String.valueOf(cpus / CPUS_OF_WORKER - 1)));
    }

    /** Returns the bucket and the key of the jar, with a slash between them. */
    String jarObject() {
        return jar.getS3BucketName() + "/" + jar.getS3ObjectKey();
    }

    private List<PolicyStatement> access() {
        List<PolicyStatement> access = new ArrayList<>();
        String partition = Stack.of(this).getPartition();
        access.add(
                Access.allow("arn:%s:s3:::%s".formatted(partition, jarObject()), "s3:GetObject"));
        access.add(lake.definitions(READ.stream().map(LakeTable::sqlName).toList()));
        access.add(lake.definitions(WRITTEN, "UpdateTable"));
        for (LakeTable table : READ) {
            access.add(Access.objects(lake.bucket, folder(table.sqlName()), "GetObject"));
        }
        WRITTEN.forEach(table -> access.add(writing(folder(table))));
        access.add(writing(LakeStorage.NEIGHBOURS_PREFIX));
        access.add(Access.objects(lake.bucket, LakeStorage.LOGS_PREFIX, "GetObject", "PutObject"));
        access.add(lake.list());
        return access;
    }

    private PolicyStatement writing(String prefix) {
        return Access.objects(
                lake.bucket,
                prefix,
                "AbortMultipartUpload",
                "DeleteObject",
                "GetObject",
                "ListMultipartUploadParts",
                "PutObject");
    }

    private static String folder(String table) {
        return LakeStorage.TABLES_PREFIX + table + "/";
    }
}
