package dev.freshet.infra;

import static dev.freshet.aws.option.OptionValues.BatchRuns.DAILY;

import dev.freshet.aws.option.StackOptions;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
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
            Construct scope, SecurityBaseline baseline, BatchJobs jobs, FreshetFunction announce) {
        super(scope, "BatchMachine");
        String name = StateMachines.name(baseline.settings, "-batch");
        Role role =
                Access.role(
                        this, "Permissions of the state machine of Freshet's batch jobs", "states");
        String alias = announce.alias().getFunctionArn();
        String application =
                Access.arn(
                        this,
                        "emr-serverless",
                        "/applications/" + jobs.application.getAttrApplicationId());
        baseline.allow(role, access(jobs, application, alias, name));
        PolicyStatement runs =
                Access.allow(
                        application + "/jobruns/*",
                        "emr-serverless:GetJobRun",
                        "emr-serverless:CancelJobRun");
        role.addToPolicy(runs);
        Acknowledged.idsMadeUp(
                role,
                runs,
                "The ids of runs of jobs are made up by EMR Serverless; the application is named.");
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
                                "s3://" + jobs.jarObject(),
                                "Function",
                                alias),
                        "Step Functions keeps the history of each run for 90 days, and a failed run"
                                + " sounds an alarm.",
                        "A run is a sequence of jobs; its history has their times.");
        String days = baseline.settings.get(StackOptions.BATCH_RUNS) == DAILY ? "*" : "MON";
        StateMachines.schedule(
                this,
                "BatchSchedule",
                "Freshet: runs batch jobs over the lake",
                CronOptions.builder().minute(MINUTE).hour(HOUR).weekDay(days).build(),
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
    private List<PolicyStatement> access(
            BatchJobs jobs, String application, String alias, String name) {
        String service = "emr-serverless.amazonaws.com";
        return List.of(
                Access.allow(application, "emr-serverless:StartJobRun"),
                PolicyStatement.Builder.create()
                        .actions(List.of("iam:PassRole"))
                        .resources(List.of(jobs.role.getRoleArn()))
                        .conditions(Map.of("StringEquals", Map.of("iam:PassedToService", service)))
                        .build(),
                Access.allow(
                        Access.arn(
                                this,
                                "events",
                                "rule/StepFunctionsGetEventsForEMRServerlessJobRule"),
                        "events:PutTargets",
                        "events:PutRule",
                        "events:DescribeRule"),
                Access.allow(alias, "lambda:InvokeFunction"),
                Access.allow(jobs.lake.bucket.arnForObjects(LakeStorage.PROGRESS), "s3:GetObject"),
                Access.list(jobs.lake.bucket),
                Access.allow(
                        Access.arn(this, "states", "stateMachine:" + name),
                        "states:ListExecutions"));
    }

    /** Returns the definition as JSON, with the names of resources as {@code ${Bucket}}. */
    static String definition() {
        return StateMachines.definition(
                DEFINITION,
                Map.of(
                        "${Catalog}",
                        BatchJobs.CATALOG,
                        "${Prefix}",
                        LakeStorage.NEIGHBOURS_PREFIX,
                        "${ProgressKey}",
                        LakeStorage.PROGRESS,
                        "${MostLooks}",
                        MAX_LOOKS,
                        "${NightMillis}",
                        Duration.hours(NIGHT_HOURS).toMilliseconds().longValue(),
                        "${JobMinutes}",
                        JOB_MINUTES,
                        "${JobSeconds}",
                        (JOB_MINUTES + 10) * 60));
    }
}
