package dev.freshet.infra;

import dev.freshet.aws.Athena;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.lake.ItemsCopy;
import dev.freshet.lake.LakeAnswers;
import dev.freshet.lake.LakeRedrive;
import dev.freshet.lake.LakeTable;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.athena.CfnWorkGroup;
import software.amazon.awscdk.services.athena.CfnWorkGroup.EncryptionConfigurationProperty;
import software.amazon.awscdk.services.athena.CfnWorkGroup.EngineVersionProperty;
import software.amazon.awscdk.services.athena.CfnWorkGroup.ResultConfigurationProperty;
import software.amazon.awscdk.services.athena.CfnWorkGroup.WorkGroupConfigurationProperty;
import software.amazon.awscdk.services.glue.CfnDatabase;
import software.amazon.awscdk.services.glue.CfnDatabase.DatabaseInputProperty;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/**
 * What the lake is kept in: a bucket, a Glue database of the stack's own, and two Athena workgroups
 * that bound what a query may read, one of users and one of the night. Athena makes the tables
 * ({@link Lake.Tables}).
 */
final class LakeStorage extends Construct {
    /** The prefix of the files of tables, in one folder each. */
    static final String TABLES_PREFIX = "tables/";

    /** The prefix of records that Firehose could not transform or deliver. */
    static final String ERRORS_PREFIX = LakeRedrive.ERRORS;

    /** The prefix of rows that come of such records, until they are inserted. */
    static final String STAGING_PREFIX = LakeRedrive.STAGING;

    /** The prefix of rows of the catalogue, until they are merged into the table of items. */
    static final String ITEMS_PREFIX = ItemsCopy.PREFIX;

    /** The prefix of the files that batch jobs write for the model. */
    static final String NEIGHBOURS_PREFIX = "neighbours/";

    /** The prefix of the logs of batch jobs. */
    static final String LOGS_PREFIX = "logs/";

    /** The prefix of results of queries. */
    static final String RESULTS_PREFIX = "results/";

    /** The prefix of the latest results of named queries. */
    static final String ANSWERS_PREFIX = LakeAnswers.PREFIX;

    /** The object that says how far the erasure in the lake has come. */
    static final String PROGRESS = "progress.json";

    /**
     * The most bytes that a statement of the night may read, of $50: the deletion of erased people
     * reads some columns of all days, at 1,000 events a second over 400 days nearly 1 TB.
     */
    static final long NIGHT_SCAN_BYTES = 10_000_000_000_000L;

    /** The name of the catalog that Athena has for Glue's. */
    private static final String CATALOG = "AwsDataCatalog";

    final Bucket bucket;
    final String databaseName;
    final String workgroupName;
    final String nightWorkgroupName;
    final CfnDatabase database;
    private final CfnWorkGroup workgroup;

    LakeStorage(Construct scope, SecurityBaseline baseline, Storage storage) {
        super(scope, "LakeStorage");
        StackSettings settings = baseline.settings;
        bucket = storage.lakeBucket();
        databaseName = Athena.databaseName(settings.get(StackOptions.STACK_NAME));
        workgroupName = settings.get(StackOptions.STACK_NAME);
        nightWorkgroupName = StateMachines.shortened(workgroupName, 122) + "-night";
        database = database(baseline.removalPolicyOnceCreated);
        workgroup =
                workgroup(
                        baseline,
                        "",
                        workgroupName,
                        "Freshet: queries of the lake",
                        settings.get(StackOptions.LAKE_SCAN_GB) * 1_000_000_000L);
        workgroup(
                baseline,
                "Night",
                nightWorkgroupName,
                "Freshet: statements of the night that keep the lake",
                NIGHT_SCAN_BYTES);
    }

    private CfnDatabase database(RemovalPolicy removal) {
        CfnDatabase made =
                CfnDatabase.Builder.create(this, "Database")
                        .catalogId(Stack.of(this).getAccount())
                        .databaseInput(
                                DatabaseInputProperty.builder()
                                        .name(databaseName)
                                        .description("Freshet: the lake")
                                        .build())
                        .build();
        made.applyRemovalPolicy(removal);
        made.overrideLogicalId("LakeDatabase");
        return made;
    }

    private CfnWorkGroup workgroup(
            SecurityBaseline baseline, String kind, String name, String description, long most) {
        EncryptionConfigurationProperty.Builder encryption =
                EncryptionConfigurationProperty.builder().encryptionOption("SSE_S3");
        baseline.key()
                .ifPresent(key -> encryption.encryptionOption("SSE_KMS").kmsKey(key.getKeyArn()));
        ResultConfigurationProperty results =
                ResultConfigurationProperty.builder()
                        .outputLocation(address(RESULTS_PREFIX))
                        .encryptionConfiguration(encryption.build())
                        .build();
        String engine = "Athena engine version 3";
        WorkGroupConfigurationProperty configuration =
                WorkGroupConfigurationProperty.builder()
                        .enforceWorkGroupConfiguration(true)
                        .publishCloudWatchMetricsEnabled(false)
                        .bytesScannedCutoffPerQuery(most)
                        .engineVersion(
                                EngineVersionProperty.builder()
                                        .selectedEngineVersion(engine)
                                        .build())
                        .resultConfiguration(results)
                        .build();
        CfnWorkGroup made =
                CfnWorkGroup.Builder.create(this, kind + "Workgroup")
                        .name(name)
                        .description(description)
                        .recursiveDeleteOption(true)
                        .workGroupConfiguration(configuration)
                        .build();
        made.overrideLogicalId("Lake" + kind + "Workgroup");
        return made;
    }

    /** Returns the address of what is below a prefix. */
    String address(String prefix) {
        return "s3://" + bucket.getBucketName() + "/" + prefix;
    }

    /** Returns the address of the folder of a table. */
    String address(LakeTable table) {
        return address(TABLES_PREFIX + table.sqlName() + "/");
    }

    /** Makes the construct wait for database and workgroup. */
    void before(Construct construct) {
        construct.getNode().addDependency(database, workgroup);
    }

    /**
     * Allows sending statements to workgroups and reading their results. Athena looks for the
     * database {@code default} and makes it where an account has none, whatever a statement names.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html">Access
     *     to databases and tables in Glue</a>
     */
    List<PolicyStatement> queries(String... workgroups) {
        return List.of(
                Access.allow(
                        Stream.of(workgroups)
                                .map(name -> Access.arn(this, "athena", "workgroup/" + name))
                                .toList(),
                        List.of(
                                "athena:StartQueryExecution",
                                "athena:StopQueryExecution",
                                "athena:GetQueryExecution",
                                "athena:GetQueryResults")),
                Access.allow(
                        Access.arn(this, "athena", "datacatalog/" + CATALOG),
                        "athena:GetDataCatalog"),
                Access.objects(
                        bucket,
                        RESULTS_PREFIX,
                        "AbortMultipartUpload",
                        "GetObject",
                        "ListMultipartUploadParts",
                        "PutObject"),
                Access.allow(
                        List.of(
                                Access.arn(this, "glue", "catalog"),
                                Access.arn(this, "glue", "database/default")),
                        List.of("glue:GetDatabase", "glue:CreateDatabase")));
    }

    /**
     * Allows actions on the definitions of these tables, and reading that of the database.
     *
     * @param changes the actions, such as {@code UpdateTable}, besides reading
     */
    PolicyStatement definitions(List<String> tables, String... changes) {
        String table = "table/" + databaseName + "/";
        return Access.allow(
                Stream.concat(
                                Stream.of("catalog", "database/" + databaseName),
                                tables.stream().map(table::concat))
                        .map(resource -> Access.arn(this, "glue", resource))
                        .toList(),
                Stream.concat(Stream.of("GetDatabase", "GetTable"), Stream.of(changes))
                        .map("glue:"::concat)
                        .toList());
    }

    /** Allows listing the bucket and the uploads under way in it. */
    PolicyStatement list() {
        return Access.allow(
                bucket.getBucketArn(),
                "s3:GetBucketLocation",
                "s3:ListBucket",
                "s3:ListBucketMultipartUploads");
    }
}
