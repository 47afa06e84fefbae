package dev.freshet.infra;

import dev.freshet.aws.option.OptionValues.BatchRuns;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.CronOptions;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/**
 * The state machine that runs batch jobs over a lake whose last night is done, and has their result
 * announced to the trainer; with its schedule. What it does is in {@code batch-run.yaml}.
 */
final class BatchMachine extends Construct {
    /** Looks whether the night of the lake is done, of which each waits a quarter of an hour. */
    static final int MAX_LOOKS = 32;

    /**
     * The hours after which what a night deleted is too long ago: the night before the last one
     * does not count, and a run on demand does not wait.
     */
    static final int NIGHT_HOURS = 25;

    /** The minutes after which EMR Serverless stops a job. */
    static final int JOB_MINUTES = 180;

    private static final String DEFINITION = "batch-run.yaml";
    private static final String MINUTE = "40";
    private static final String HOUR = "4";

    final StateMachine machine;

    BatchMachine(
            Construct scope,
            StackSettings settings,
            SecurityBaseline baseline,
            BatchJobs jobs,
            FreshetFunction announce) {
        super(scope, "BatchMachine");
        String name = MachineDefinition.name(settings.get(StackOptions.STACK_NAME), "-batch");
        Role role =
                StateMachines.role(
                        this, "Permissions of the state machine of Freshet's batch jobs");
        String version = announce.function.getCurrentVersion().getFunctionArn();
        baseline.allow(role, access(jobs, version, name));
        PolicyStatement runs =
                Access.allow(
                        application(jobs) + "/jobruns/*",
                        List.of("emr-serverless:GetJobRun", "emr-serverless:CancelJobRun"));
        role.addToPolicy(runs);
        Acknowledged.jobRuns(role, runs);
        machine =
                StateMachines.create(
                        this,
                        "Batch",
                        name,
                        role,
                        definition(),
                        Map.of(
                                "Bucket",
                                jobs.lake.bucket.getBucketName(),
                                "Database",
                                jobs.lake.databaseName,
                                "Application",
                                jobs.application.getAttrApplicationId(),
                                "JobRole",
                                jobs.role.getRoleArn(),
                                "Jar",
                                "s3://%s/%s"
                                        .formatted(
                                                jobs.jar.getS3BucketName(),
                                                jobs.jar.getS3ObjectKey()),
                                "Function",
                                version));
        Acknowledged.at(
                machine,
                "SF1",
                "Step Functions keeps the history of each run for 90 days, and a failed run sounds"
                        + " an alarm.");
        Acknowledged.at(
                machine, "SF2", "A run is a sequence of jobs; its history has their times.");
        StateMachines.schedule(
                this,
                "BatchSchedule",
                "Freshet: runs batch jobs over the lake",
                cron(settings.get(StackOptions.BATCH_RUNS)),
                machine,
                Map.of());
    }

    /**
     * What Step Functions needs to run a job of EMR Serverless and to wait for its end.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr-serverless.html">Step
     *     Functions and EMR Serverless</a>
     */
    private List<PolicyStatement> access(BatchJobs jobs, String version, String name) {
        Stack stack = Stack.of(this);
        return List.of(
                Access.allow(application(jobs), List.of("emr-serverless:StartJobRun")),
                PolicyStatement.Builder.create()
                        .actions(List.of("iam:PassRole"))
                        .resources(List.of(jobs.role.getRoleArn()))
                        .conditions(
                                Map.of(
                                        "StringEquals",
                                        Map.of(
                                                "iam:PassedToService",
                                                "emr-serverless.amazonaws.com")))
                        .build(),
                Access.allow(
                        "arn:%s:events:%s:%s:rule/StepFunctionsGetEventsForEMRServerlessJobRule"
                                .formatted(
                                        stack.getPartition(),
                                        stack.getRegion(),
                                        stack.getAccount()),
                        List.of("events:PutTargets", "events:PutRule", "events:DescribeRule")),
                Access.allow(version, List.of("lambda:InvokeFunction")),
                Access.allow(
                        jobs.lake.bucket.arnForObjects(LakeStorage.PROGRESS),
                        List.of("s3:GetObject")),
                Access.list(jobs.lake.bucket),
                StateMachines.allow(this, "stateMachine:" + name, "states:ListExecutions"));
    }

    private String application(BatchJobs jobs) {
        Stack stack = Stack.of(this);
        return "arn:%s:emr-serverless:%s:%s:/applications/%s"
                .formatted(
                        stack.getPartition(),
                        stack.getRegion(),
                        stack.getAccount(),
                        jobs.application.getAttrApplicationId());
    }

    private static CronOptions cron(BatchRuns runs) {
        return CronOptions.builder()
                .minute(MINUTE)
                .hour(HOUR)
                .weekDay(
                        switch (runs) {
                            case WEEKLY -> "MON";
                            case DAILY -> "*";
                        })
                .build();
    }

    /** Returns the definition as JSON, with the names of resources as {@code ${Bucket}}. */
    static String definition() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("${Catalog}", BatchJobs.CATALOG);
        values.put("${Prefix}", LakeStorage.NEIGHBOURS_PREFIX);
        values.put("${ProgressKey}", LakeStorage.PROGRESS);
        values.put("${MostLooks}", MAX_LOOKS);
        values.put("${NightMillis}", Duration.hours(NIGHT_HOURS).toMilliseconds().longValue());
        values.put("${JobMinutes}", JOB_MINUTES);
        values.put("${JobSeconds}", (JOB_MINUTES + 10) * 60);
        return MachineDefinition.read(DEFINITION, values);
    }
}
