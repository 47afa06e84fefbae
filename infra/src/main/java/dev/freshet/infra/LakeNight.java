package dev.freshet.infra;

import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.lake.SqlRange;
import dev.freshet.privacy.LakeErasures.LakePurge;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.CronOptions;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/**
 * The state machine that settles the lake, deletes the rows of erased people and removes them from
 * the files, with its schedules: each night, and on Sundays with all arrivals that are kept. What
 * it does is in {@code lake-night.yaml}.
 */
final class LakeNight extends Construct {
    /** The longest that a night waits until a day has passed since files were rewritten. */
    static final Duration PATIENCE = Duration.hours(6);

    /**
     * Runs of a statement that does its work a part at a time, such as {@code VACUUM}, or whose
     * commit met one of Firehose; after the latter a run waits for 15 s, twice as long each time,
     * up to 300 s.
     */
    static final int MAX_RUNS = 20;

    /** Runs of a statement that fails. */
    static final int MAX_TRIES = 3;

    /** Rounds of bringing records back, each of as many objects as the function takes. */
    static final int MAX_ROUNDS = 50;

    /** The objects of one copy of the catalogue, each of some 8 MB. */
    static final int MAX_PARTS = 1_000;

    private static final String DEFINITION = "lake-night.yaml";
    private static final String MINUTE = "10";
    private static final String HOUR = "2";

    /** The days of a usual night, of which the first was settled by the night before. */
    private static final int USUAL_DAYS = 2;

    final StateMachine machine;

    LakeNight(
            Construct scope,
            SecurityBaseline baseline,
            LakeStorage lake,
            LakeFirehose delivery,
            FreshetFunction function) {
        super(scope, "LakeNight");
        StackSettings settings = baseline.settings;
        String name = StateMachines.name(settings, "-lake-night");
        Role role =
                Access.role(
                        this,
                        "Permissions of the state machine that keeps Freshet's lake",
                        "states");
        String alias = function.alias().getFunctionArn();
        baseline.allow(role, access(lake, alias, name));
        Acknowledged.readsMetrics(role);
        machine =
                StateMachines.create(
                        this,
                        "LakeNight",
                        name,
                        role,
                        definition(
                                settings.get(StackOptions.LAKE_DAYS),
                                settings.get(StackOptions.K_ANONYMITY)),
                        Map.of(
                                "Bucket",
                                lake.bucket.getBucketName(),
                                "Workgroup",
                                lake.workgroupName,
                                "NightWorkgroup",
                                lake.nightWorkgroupName,
                                "Database",
                                lake.databaseName,
                                "Delivery",
                                delivery.stream.getRef(),
                                "Function",
                                alias),
                        "Step Functions keeps the history of each run for 90 days, and a failed run"
                                + " sounds an alarm.",
                        "A run is a sequence of queries; its history has their times.");
        schedule(
                "LakeEachNight",
                "Freshet: settles the arrivals of the last days, and erases",
                "MON-SAT",
                input(USUAL_DAYS, settings.get(StackOptions.LAKE_PURGE) == LakePurge.DAILY));
        schedule(
                "LakeEachWeek",
                "Freshet: settles all arrivals, erases, and rewrites files that erasures touched",
                "SUN",
                input(LakeStatements.ARRIVALS_DAYS, true));
    }

    /** Deleting objects is what {@code VACUUM} needs; without it, it succeeds and deletes none. */
    private List<PolicyStatement> access(LakeStorage lake, String functionAlias, String name) {
        List<PolicyStatement> access =
                new ArrayList<>(lake.queries(lake.workgroupName, lake.nightWorkgroupName));
        Collections.addAll(
                access,
                lake.definitions(LakeStatements.names(), "UpdateTable"),
                Access.objects(
                        lake.bucket,
                        LakeStorage.TABLES_PREFIX,
                        "AbortMultipartUpload",
                        "DeleteObject",
                        "GetObject",
                        "ListMultipartUploadParts",
                        "PutObject"),
                Access.objects(
                        lake.bucket, LakeStorage.STAGING_PREFIX, "DeleteObject", "GetObject"),
                Access.objects(lake.bucket, LakeStorage.ITEMS_PREFIX, "GetObject"),
                Access.allow(
                        lake.bucket.arnForObjects(LakeStorage.PROGRESS),
                        "s3:GetObject",
                        "s3:PutObject"),
                Access.objects(lake.bucket, LakeStorage.ANSWERS_PREFIX, "PutObject"),
                lake.list(),
                Access.allow(functionAlias, "lambda:InvokeFunction"),
                Access.readMetrics(),
                Access.allow(
                        Access.arn(this, "states", "stateMachine:" + name),
                        "states:ListExecutions"));
        return access;
    }

    private static Map<String, Object> input(int days, boolean purge) {
        return new TreeMap<>(
                Map.of("days", days, "purge", purge, "patience", PATIENCE.toSeconds().intValue()));
    }

    private void schedule(String id, String description, String days, Map<String, Object> input) {
        CronOptions time = CronOptions.builder().minute(MINUTE).hour(HOUR).weekDay(days).build();
        StateMachines.schedule(this, id, description, time, machine, input);
    }

    /** Returns the definition as JSON, with the names of resources as {@code ${Bucket}}. */
    static String definition(int lakeDays, int kAnonymity) {
        int ranges = Math.ceilDiv(lakeDays + 2, SqlRange.MAX_DAYS);
        return StateMachines.definition(
                DEFINITION,
                Map.of(
                        "${Statements}",
                        LakeStatements.night(lakeDays, kAnonymity),
                        "${StagingPrefix}",
                        LakeStorage.STAGING_PREFIX,
                        "${ProgressKey}",
                        LakeStorage.PROGRESS,
                        "${MostRuns}",
                        MAX_RUNS,
                        "${MostTries}",
                        MAX_TRIES,
                        "${MostRounds}",
                        MAX_ROUNDS,
                        "${MostParts}",
                        MAX_PARTS,
                        "${LastRange}",
                        ranges - 1));
    }
}
