package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.infra.Rights.Right;
import dev.freshet.testkit.GeneratedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holds {@code iam-rights.txt} to every IAM action and resource in the templates, so that no right
 * comes or goes unseen, asks a reason for each, and holds {@code docs/reference/iam.md} to them.
 */
class IamTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "iam.md");
    private static final Path RIGHTS = Path.of("src/test/resources/iam-rights.txt");

    /** The actions of roles that AWS cannot limit to a resource. */
    private static final Set<String> WITHOUT_RESOURCE =
            Set.of(
                    "cloudwatch:DescribeAlarms",
                    "cloudwatch:GetMetricData",
                    "kinesis:UpdateShardCount",
                    "xray:PutTelemetryRecords",
                    "xray:PutTraceSegments",
                    "ecr:GetAuthorizationToken");

    private final IamListing listing = new IamListing(Synthesized.prod(), others());

    private static Map<String, Synthesized> others() {
        Map<String, Synthesized> others = new LinkedHashMap<>();
        others.put("consumer=worker", Synthesized.prodWorker());
        others.put("fanOut=true", prod("fanOut", "true"));
        others.put("signedApi=true", Synthesized.entrance());
        others.put("site=true", Synthesized.site());
        others.put(
                "entrance=http, site=true",
                Synthesized.with(Map.of("stage", "prod", "entrance", "http", "site", "true")));
        others.put("tracing=true", Synthesized.traced());
        others.put("eventShardsMax=8", prod("eventShardsMax", "8"));
        others.put("lake=true", Synthesized.lake());
        others.put("batch=true", Synthesized.batch());
        others.put("canary=true, operators=true, budget=100", Synthesized.operated());
        others.put("bulk=true", prod("bulk", "true"));
        others.put("deployment=canary", Synthesized.canary());
        others.put("pseudonymiseIds=true", Synthesized.masked());
        others.put("bulk=true, pseudonymiseIds=true", Synthesized.bulk());
        others.put("embedder=bedrock", prod("embedder", "bedrock"));
        others.put("embedder=multimodal", prod("embedder", "multimodal"));
        return others;
    }

    private static Synthesized prod(String setting, String value) {
        return Synthesized.with(Map.of("stage", "prod", setting, value));
    }

    @Test
    void everyRightIsListedAndHasAReason() throws IOException {
        String page = listing.page();

        assertThat(listing.unexplained()).as("rights without a reason").isEmpty();
        assertThat(listing.leftOver()).as("reasons without a right").isEmpty();
        GeneratedPage.assertGenerated(PAGE, page);
        if (Boolean.getBoolean("freshet.update")) {
            Files.writeString(RIGHTS, listing.lines());
        }
        assertThat(RIGHTS).hasContent(listing.lines());
    }

    /** Rights that matter most, which no new list of rights gives to others. */
    @ParameterizedTest(name = "{1} on {0}: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Interactions          | dynamodb:PutItem      | Features WorkerRole
                    Interactions          | dynamodb:PartiQLInsert | Features WorkerRole
                    Interactions          | dynamodb:DeleteItem   | Features Privacy WorkerRole
                    Models                | dynamodb:PutItem      | Compact Train WorkerRole
                    Keys                  | dynamodb:GetItem      | Authorize
                    Keys                  | dynamodb:PutItem      | nobody
                    Keys                  | dynamodb:Scan         | nobody
                    Events                | kinesis:PutRecords    | Collect Privacy Profile
                    QuarantineBucket      | s3:ListBucket         | Features Privacy ReadOnlyPolicy Recommend Train WorkerRole
                    LakeBucket/tables/*   | s3:PutObject          | LakeNightRole LakeTables
                    BatchJobsRole         | iam:PassRole          | BatchMachineRole
                    Batch                 | states:StartExecution | BatchMachineEventsRole
                    LakeNight             | states:StartExecution | LakeNightMachineEventsRole
                    arn:aws:lambda:REGION:ACCOUNT:function:freshet-prod-compact:live | lambda:InvokeFunction | Train WorkerRole
                    """)
    void onlyTheseMay(String resource, String action, String holders) {
        assertThat(listing.rights())
                .filteredOn(Right::allows)
                .filteredOn(right -> right.resource().equals(resource))
                .filteredOn(right -> right.actions().contains(action))
                .extracting(Right::holder)
                .hasSameElementsAs(
                        holders.equals("nobody") ? List.of() : List.of(holders.split(" ")));
    }

    @Test
    void noRoleMayDoSomethingToEverythingWhereAResourceIsKnown() {
        assertThat(listing.rights())
                .filteredOn(right -> right.heading().equals("Roles"))
                .filteredOn(right -> right.resource().equals("*"))
                .flatExtracting(Right::actions)
                .hasSameElementsAs(WITHOUT_RESOURCE);
    }

    @Test
    void noRoleAndNoCallerMayDoAFamilyOfActions() {
        assertThat(listing.rights())
                .filteredOn(right -> !right.heading().equals("Resources"))
                .isNotEmpty()
                .allSatisfy(
                        right ->
                                assertThat(right.actions())
                                        .as(right.toString())
                                        .noneMatch(action -> action.contains("*")));
    }

    @Test
    void aWildcardInAResourceEndsAPrefixOfObjectsOrStandsForAnIdInARoute() {
        assertThat(listing.rights())
                .filteredOn(Right::allows)
                .filteredOn(right -> right.resource().contains("*"))
                .filteredOn(right -> !right.resource().equals("*"))
                .isNotEmpty()
                .allSatisfy(
                        right ->
                                assertThat(right.resource())
                                        .matches(
                                                "(ModelBucket|QuarantineBucket|ObjectLog|SiteBucket|LakeBucket)/.*\\*"
                                                        + "|arn:aws:states:[^*]+-bulk-lists/Batches:\\*"
                                                        + "|arn:aws:emr-serverless:[^*]+/BatchApplication/jobruns/\\*"
                                                        + "|arn:aws:execute-api:[^*]+/[A-Z]+/v1/[^/].*"));
    }

    @Test
    void onlyTheAccountsOwnIamAndNamedServicesAreAllowedAnythingByAResource() {
        assertThat(listing.rights())
                .filteredOn(Right::allows)
                .filteredOn(right -> right.heading().equals("Resources"))
                .isNotEmpty()
                .allSatisfy(right -> assertThat(right.condition()).doesNotContain("anybody"));
    }

    /** With another condition than its guide names, a service would not get the role. */
    @Test
    void aServiceAssumesARoleForThisAccountOnlyWhereItSaysForWhom() {
        assertThat(listing.roles())
                .allSatisfy(
                        (role, taker) ->
                                assertThat(taker.contains("aws:SourceAccount = ACCOUNT"))
                                        .as("%s %s", role, taker)
                                        .isEqualTo(
                                                !taker.matches(
                                                                "(lambda|apigateway|firehose|codedeploy)[.].*")
                                                        && !role.equals(
                                                                "WorkerTaskExecutionRole")));
    }

    @Test
    void oneRoleHasAPolicyOfAwssAndNoOther() {
        assertThat(listing.roles().values())
                .filteredOn(taker -> taker.contains("AWS's policy"))
                .containsExactly(
                        "apigateway.amazonaws.com with AWS's policy"
                                + " AmazonAPIGatewayPushToCloudWatchLogs");
    }
}
