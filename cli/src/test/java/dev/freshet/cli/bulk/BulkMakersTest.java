package dev.freshet.cli.bulk;

import static dev.freshet.cli.CommandServer.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.bulk.BulkCommand.BulkMaker;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.console.PrivateFilesTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on AWS and on the local cloud: what is taken, what is refused, and how they go on. */
class BulkMakersTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final StackOutputs OUTPUTS =
            new StackOutputs("freshet-prod", Map.of("BulkMachineArn", "machine"));

    @TempDir private Path temporary = Path.of("");

    @AutoClose private final FakeBulkStack stack = new FakeBulkStack();
    private final ObjectNode request = JSON.createObjectNode().put("count", 5);

    private BulkInput users(int count) throws IOException {
        return input(
                IntStream.rangeClosed(1, count)
                        .mapToObj(user -> user % 400 == 0 ? "bad-" + user : "user-" + user)
                        .collect(Collectors.joining("\n")));
    }

    private BulkInput input(String text) throws IOException {
        return new BulkInput(Files.writeString(temporary.resolve("users.txt"), text));
    }

    private BulkFolder folder(BulkInput input) throws IOException {
        return BulkFolder.open(temporary.resolve("out"), request, input.digest(), () -> "run-1");
    }

    private BulkBucket bucket() {
        return new BulkBucket(stack.clients().s3(), "bucket");
    }

    private DeployedBulk deployed() {
        return new DeployedBulk(stack.clients(), bucket(), OUTPUTS, 7, time -> {});
    }

    private LocalBulk local() {
        return new LocalBulk(stack.address(), bucket());
    }

    private static void make(BulkMaker maker, BulkFolder folder, BulkInput input)
            throws IOException, InterruptedException {
        maker.make(folder, input, taken -> {});
    }

    private List<String> lists() throws IOException {
        List<String> users = new ArrayList<>();
        try (Stream<Path> all = Files.list(temporary.resolve("out"))) {
            for (Path file :
                    all.filter(each -> each.toString().endsWith(".gz")).sorted().toList()) {
                try (InputStream lines = new GZIPInputStream(Files.newInputStream(file))) {
                    for (String line : new String(lines.readAllBytes(), UTF_8).lines().toList()) {
                        users.add(JSON.readTree(line).path("userId").asText());
                    }
                }
            }
        }
        return users;
    }

    @Test
    void aRunOnAwsLeavesAListForEachUserInTheFolderAndNothingInTheBucket() throws Exception {
        BulkInput input = users(1_201);
        BulkFolder folder = folder(input);

        make(deployed(), folder, input);

        assertThat(lists()).hasSize(1_201).startsWith("user-1", "user-2");
        assertThat(folder.done().cardinality()).isEqualTo(1_201);
        assertThat(folder.summarise(List.of())).isEqualTo(new BulkFolder.Summary(1_198, 3));
        assertThat(temporary.resolve("out").toFile().listFiles())
                .extracting(file -> PrivateFilesTest.mode(file.toPath()))
                .containsOnly("rw-------");
        assertThat(stack.objects.keySet()).noneMatch(key -> key.contains("/lists/"));
        assertThat(stack.executions)
                .extracting(
                        started -> started.path("atOnce").asInt(),
                        started -> started.path("request"),
                        started -> started.path("users").asText())
                .containsExactly(tuple(7, request, "bulk/run-1/users-1.jsonl"));
    }

    @Test
    void aFailedBatchIsMadeByTheNextExecutionAlone() throws Exception {
        BulkInput input = users(1_201);
        BulkFolder folder = folder(input);
        stack.failures.put(501L, 1);
        make(deployed(), folder, input);
        assertThat(folder.done().cardinality()).isEqualTo(701);

        BulkFolder again = folder(input);
        make(deployed(), again, input);

        assertThat(stack.batches).containsExactly(1L, 501L, 1_001L, 501L);
        assertThat(lists()).hasSize(1_201).doesNotHaveDuplicates();
        make(deployed(), folder(input), input);
        assertThat(stack.executions).hasSize(2);
    }

    @Test
    void anExecutionUnderWayIsFollowedAndNotStartedTwice() throws Exception {
        BulkInput input = users(600);
        BulkFolder folder = folder(input);
        DeployedBulk interrupted =
                new DeployedBulk(
                        stack.clients(),
                        bucket(),
                        OUTPUTS,
                        7,
                        time -> {
                            throw new InterruptedException();
                        });
        assertThatThrownBy(() -> make(interrupted, folder, input))
                .isInstanceOf(InterruptedException.class);
        stack.stopped.clear();

        make(deployed(), folder(input), input);

        assertThat(stack.executions.size()).isLessThanOrEqualTo(2);
        assertThat(stack.batches).containsExactly(1L, 501L);
        assertThat(lists()).hasSize(600);
    }

    @Test
    void anExecutionThatWasStoppedSaysHowToGoOn() throws Exception {
        BulkInput input = users(3);
        stack.stopped.add("run-1-1");

        assertRefused(
                () -> make(deployed(), folder(input), input), "ABORTED", "same command again");
        assertThat(lists()).hasSize(3);
    }

    @Test
    void aRefusedRequestIsTold() throws Exception {
        BulkInput input = users(3);
        stack.refusal = "bad-count: count must be between 1 and 100.";

        for (BulkMaker maker : List.of(deployed(), local())) {
            assertRefused(
                    () -> make(maker, folder(input), input), "count must be between 1 and 100");
        }
    }

    @Test
    void aStackWithoutBulkSaysHowItGetsIt() {
        assertRefused(
                () ->
                        new DeployedBulk(
                                stack.clients(),
                                bucket(),
                                new StackOutputs("s", Map.of()),
                                1,
                                time -> {}),
                "-c bulk=true");
    }

    @Test
    void onTheLocalCloudABatchThatFailsIsRepeatedAndThenTold() throws Exception {
        BulkInput input = users(1_201);
        stack.failures.put(501L, 2);

        make(local(), folder(input), input);

        assertThat(lists()).hasSize(1_201);
        assertThat(stack.batches).containsExactlyInAnyOrder(1L, 501L, 501L, 501L, 1_001L);
        assertThat(stack.objects).isEmpty();
    }

    @Test
    void whatIsDoneStaysWhereABatchKeepsFailing() throws Exception {
        BulkInput input = users(1_201);
        stack.failures.put(1_001L, 100);
        assertRefused(() -> make(local(), folder(input), input), "same command again");
        stack.failures.clear();
        stack.batches.clear();

        make(local(), folder(input), input);

        assertThat(stack.batches).contains(1_001L).doesNotContain(1L);
        assertThat(lists()).hasSize(1_201).doesNotHaveDuplicates();
    }

    @Test
    void aFolderOfOtherUsersOrAnotherRequestIsRefused() throws Exception {
        folder(users(3));
        BulkInput others = input("someone-else");

        assertRefused(() -> folder(others), "another --out");
        BulkInput same = users(3);
        request.put("count", 6);
        assertRefused(() -> folder(same));
        Files.writeString(Files.createDirectories(temporary.resolve("full")).resolve("a"), "b");
        assertRefused(
                () -> BulkFolder.open(temporary.resolve("full"), request, "digest", () -> "r"),
                "not empty");
    }

    @Test
    void linesNameUsersOrAreRefusedAndEmptyOnesNameNobody() throws Exception {
        List<String> told = new ArrayList<>();

        input(
                        "ana\n\n{\"userId\":\"ben\",\"context\":{\"country\":\"BR\"}}\r\n{broken\n{} {}\n  cleo \n"
                                + "x".repeat(2_049)
                                + "\n")
                .read(
                        user -> told.add(user.line() + " " + user.user()),
                        refused ->
                                told.add(
                                        refused.path("line").asLong()
                                                + " "
                                                + refused.at("/refused/code").asText()));

        assertThat(told)
                .containsExactly(
                        "1 {\"userId\":\"ana\"}",
                        "3 {\"userId\":\"ben\",\"context\":{\"country\":\"BR\"}}",
                        "4 not-json",
                        "5 not-json",
                        "6 {\"userId\":\"cleo\"}",
                        "7 line-too-long");
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws Exception {
        BulkInput bytes =
                new BulkInput(
                        Files.write(
                                temporary.resolve("users.bin"), new byte[] {(byte) 0xc3, 0x28}));

        assertRefused(() -> bytes.remaining(new BitSet(), user -> {}), "UTF-8");
    }
}
