package dev.freshet.cli.accept;

import static dev.freshet.cli.accept.StackCheck.check;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.CommandServer;
import dev.freshet.cli.CommandServer.Ran;
import dev.freshet.cli.accept.StackCheck.Outcome;
import dev.freshet.cli.accept.StackCheck.Result;
import dev.freshet.cli.accept.Trial.Kind;
import dev.freshet.cli.connection.StackConnection;
import dev.freshet.cli.lake.FakeAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AcceptanceTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private final List<String> told = new ArrayList<>();

    private static Trial trial(FakeSite site) {
        StackConnection connection =
                new StackConnection(site.address(), Optional.of(FakeSite.KEY), Optional.empty());
        return new Trial(site.stack(), connection, site, Duration.ofMillis(300), () -> NOW);
    }

    private Acceptance run(FakeSite site, List<StackCheck> checks) {
        Acceptance acceptance = new Acceptance(told::add);
        try (Trial trial = trial(site)) {
            acceptance.run(checks, trial, false);
        }
        return acceptance;
    }

    @ParameterizedTest
    @EnumSource
    void oneFaultFailsTheOneCheckThatFindsItWithItsPage(Fault fault) {
        try (FakeSite site = new FakeSite(fault)) {
            Acceptance acceptance = run(site, Acceptance.checks());

            List<Result> failed =
                    acceptance.results().stream()
                            .filter(each -> each.outcome() == Outcome.FAIL)
                            .toList();
            assertThat(failed)
                    .as(String.join("\n", told))
                    .extracting(Result::id)
                    .isEqualTo(fault == Fault.NONE ? List.of() : List.of(fault.found));
            assertThat(failed).allMatch(each -> !each.page().isEmpty() && !each.detail().isBlank());
            assertThat(acceptance.results())
                    .filteredOn(each -> each.outcome() == Outcome.SKIP)
                    .extracting(Result::id)
                    .containsExactly(
                            fault == Fault.STOPPED_UNHEARD
                                    ? new String[] {"stack.backups", "stack.subscription"}
                                    : new String[] {"faults.stopped"});
            assertThat(site.aws.reads).as("the mapping").isTrue();
            int code = fault == Fault.NONE ? 0 : fault == Fault.KEYS_STAY ? 3 : 1;
            assertThat(acceptance.exitCode()).isEqualTo(code);
        }
    }

    @Test
    void nothingIsLeft() {
        try (FakeSite site = new FakeSite(Fault.NONE)) {
            run(site, Acceptance.checks());

            assertThat(site.stored).isEmpty();
            assertThat(site.rows).isEmpty();
            assertThat(site.keys).isEmpty();
            assertThat(site.aws.hours.values()).containsOnly(24);
            assertThat(told).anyMatch(line -> line.matches("ok bill .*sent, 42 metered.*lists.*"));
        }
    }

    @Test
    void whatIsOffIsSkippedByName() {
        try (FakeSite site = new FakeSite(Fault.NONE)) {
            site.plain = true;
            run(site, OptionChecks.all());

            assertThat(told).filteredOn(line -> line.matches("skip .* off")).hasSize(11);
        }
    }

    @Test
    void aQuotaThatNobodyMayLookAtIsSkippedByName() {
        try (FakeSite site = new FakeSite(Fault.NONE)) {
            String refusal = "{\"__type\":\"AccessDeniedException\"}";
            site.aws.aws.on("DescribeLimits", refusal).on("GetServiceQuota", refusal);
            run(site, AwsChecks.ofStack());

            assertThat(told)
                    .contains(
                            "skip stack.shards not permitted to look",
                            "skip stack.vpcs not permitted to look");
        }
    }

    @Test
    void aRefusalOfAwsIsASentence() {
        try (FakeSite site = new FakeSite(Fault.NONE)) {
            String refusal = "{\"__type\":\"AccessDenied\"}";
            site.aws.aws.on("2016-08-19/account-settings/", refusal).on("DescribeAlarms", refusal);
            run(site, AwsChecks.ofStack());

            assertThat(told)
                    .anyMatch(line -> line.matches("FAIL .*AWS answered 400: .*AccessDenied.*"));
            assertThat(told).anyMatch(line -> line.matches("FAIL .*DescribeAlarms: status 400.*"));
        }
    }

    @Test
    void anApiThatAnswersLaterThanAnyChangeIsSeenIsWaitedFor() {
        try (FakeSite site = new FakeSite(Fault.NONE)) {
            site.late = 20;
            run(site, List.of(ApiChecks.FIRST));

            assertThat(told.getFirst()).startsWith("ok entrance.answers");
            assertThat(site.late).isNegative();
        }
    }

    @Test
    void arrivalsAreAskedForAlsoWhereNoOtherCheckSentEvents() {
        try (FakeSite site = new FakeSite(Fault.NONE)) {
            run(site, only("lake.arrivals"));

            assertThat(told.getFirst()).matches("ok lake.arrivals .* 1 events");
        }
    }

    @Test
    void aRunThatIsStoppedCleansUpBeforeItEnds() {
        try (FakeSite site = new FakeSite(Fault.NONE)) {
            Acceptance acceptance = new Acceptance(told::add);
            Thread stopping = new Thread(acceptance::stop);
            StackCheck waits =
                    check(
                            "waits",
                            "",
                            each -> {
                                each.items();
                                stopping.start();
                                Thread.sleep(60_000);
                                return "";
                            });
            try (Trial trial = trial(site)) {
                acceptance.run(List.of(waits, Acceptance.checks().getFirst()), trial, false);
            }

            assertThat(site.stored).isEmpty();
            assertThat(told).anyMatch(line -> line.startsWith("ok clean.items"));
            assertThat(told).noneMatch(line -> line.contains("stack.concurrency"));
            assertThat(acceptance.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void aMappingThatStandsStillIsHeardAndReadsAgain() {
        try (FakeSite site = new FakeSite(Fault.NONE)) {
            site.stands = true;
            run(site, only("faults.stopped"));

            assertThat(told.getFirst()).startsWith("ok faults.stopped");
            assertThat(site.aws.aws.requests())
                    .anyMatch(each -> each.contains("{\"Enabled\":false}"));
            assertThat(site.aws.reads).isTrue();
            assertThat(site.aws.hours.values()).containsOnly(24);
        }
    }

    @Test
    void aRunThatIsStoppedWhileAMappingStandsStillHasItReadAgain() {
        try (FakeSite site = new FakeSite(Fault.STOPPED_UNHEARD)) {
            Acceptance acceptance = new Acceptance(told::add);
            Thread stopping = new Thread(acceptance::stop);
            site.aws.aws.on(
                    "DescribeAlarms",
                    _ -> {
                        if (stopping.getState() == Thread.State.NEW && !site.aws.reads) {
                            stopping.start();
                        }
                        return "{}";
                    });
            try (Trial trial = trial(site)) {
                acceptance.run(only("faults.stopped"), trial, false);
            }

            assertThat(site.aws.reads).as(String.join("\n", told)).isTrue();
            assertThat(acceptance.exitCode()).isEqualTo(1);
        }
    }

    private static List<StackCheck> only(String id) {
        return Acceptance.checks().stream().filter(each -> each.isNamed(id)).toList();
    }

    @Test
    void whatIsKeptIsNotRemoved() {
        try (FakeSite site = new FakeSite(Fault.NONE);
                Trial trial = trial(site)) {
            new Acceptance(told::add)
                    .run(List.of(check("puts", "", each -> each.items() + "")), trial, true);

            assertThat(site.stored).hasSize(3);
            assertThat(trial.made(Kind.ITEM)).hasSize(3);
        }
    }

    @Test
    void lineOfEachOutcome() {
        Result ok = new Result("lists.restore", Outcome.OK, 0.31, "version 12", "");
        Result failed = new Result("lake.night", Outcome.FAIL, 212.4, "No.", "operate.md#alarms");
        Result skipped = new Result("batch", Outcome.SKIP, 0, "off", "");

        assertThat(Stream.of(ok, failed, skipped).map(Result::line))
                .containsExactly(
                        "ok lists.restore 0.31 s version 12",
                        "FAIL lake.night 212 s No. → docs/operate.md#alarms",
                        "skip batch off");
    }

    @Test
    void theNameOfARunSaysWhenItBegan() {
        String time = Trial.name(NOW).substring("accept-".length());

        assertThat(Instant.ofEpochMilli(Long.parseLong(time, 36))).isEqualTo(NOW);
    }

    @Test
    void everyPageThatHelpsHasItsHeading() throws IOException {
        for (StackCheck check :
                Stream.of(Acceptance.checks(), CleanUp.all()).flatMap(List::stream).toList()) {
            String[] page = check.page().split("#", 2);
            List<String> anchors =
                    Files.readAllLines(Path.of("../docs").resolve(page[0])).stream()
                            .filter(line -> line.startsWith("#"))
                            .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                            .map(line -> line.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
                            .toList();
            assertThat(anchors).as(check.id()).contains(page[1]);
        }
    }

    @Test
    void idsOfChecksAreUnique() {
        assertThat(Acceptance.checks()).extracting(StackCheck::id).doesNotHaveDuplicates();
    }

    @Test
    void misuseEndsWithTwo() {
        Ran nothing = CommandServer.alone("accept");
        Ran misspelt = CommandServer.alone("accept", "--local", "--only", "lists.wram");

        assertThat(List.of(nothing.code(), misspelt.code())).containsOnly(2);
        assertThat(nothing.err()).contains("--stack NAME or by --local");
        assertThat(misspelt.err()).contains("'lists.wram'", "lists.warm");
    }

    @Test
    void aStackForUsersIsNotTriedUnlessSomebodySaysYes() {
        Map<String, String> outputs = Map.of("KeysTableName", "keys", "Stage", "prod");
        try (FakeAws aws = new FakeAws().inPlaceOfAws()) {
            aws.on("DescribeStacks", CommandServer.described(outputs));

            Ran ran = CommandServer.alone("accept", "--stack", "shop");

            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.err()).contains("shop is a stack for users: add --yes");
            assertThat(aws.requests()).as("only the stack is described").hasSize(1);
        }
    }
}
