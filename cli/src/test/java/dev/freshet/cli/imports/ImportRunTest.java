package dev.freshet.cli.imports;

import static dev.freshet.cli.CommandServer.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.FreshetClient;
import dev.freshet.api.FreshetClient.UnreachableException;
import dev.freshet.api.Requests;
import dev.freshet.api.Requests.Waiter;
import dev.freshet.api.VirtualTime;
import dev.freshet.cli.imports.FakeApi.Answer;
import dev.freshet.cli.imports.FakeApi.Request;
import dev.freshet.cli.imports.ImportRun.ImportSource;
import dev.freshet.cli.imports.Input.InputLine;
import dev.freshet.console.CommandException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ImportRunTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final EntrySender.Limits LIMITS = new EntrySender.Limits(4, 400);

    @TempDir private Path folder = Path.of("");
    private final VirtualTime time = new VirtualTime();

    /** Lines of the form {@code user,number}. */
    private record Pairs() implements LineParser {
        @Override
        public String name() {
            return "pairs";
        }

        @Override
        public boolean isHeader(InputLine first) {
            return first.text().equals("user,number");
        }

        @Override
        public List<ImportEntry> entries(InputLine line) {
            String[] parts = line.text().split(",", -1);
            ObjectNode event = JSON.createObjectNode();
            event.put("eventId", parts[1]).put("userId", parts[0]);
            return List.of(new ImportEntry.OfEvent(line, event));
        }
    }

    @Test
    void everyEventIsTakenOnceAndInTheOrderOfItsUserThoughTheApiRefusesNowAndThen()
            throws Exception {
        Path file = file(5_000, 37);
        Random random = new Random(1);
        try (FakeApi api =
                new FakeApi(
                        request ->
                                switch (random.nextInt(6)) {
                                    case 0 -> new Answer.Refuses(429, "overloaded", 1);
                                    case 1 -> new Answer.Refuses(503, "unavailable", 2);
                                    case 2 -> notStoredFromTheMiddle(request);
                                    default -> new Answer.Takes();
                                })) {
            ImportReport report = send(api, file);

            assertThat(api.takenByUser()).isEqualTo(byUser(file));
            assertThat(report.totals().events()).isEqualTo(5_000);
            assertThat(report.examples()).isEmpty();
            assertThat(checkpoint(file)).doesNotExist();
        }
    }

    @Test
    void anImportThatWasKilledGoesOnWhereItStood() throws Exception {
        Path file = file(5_000, 37);
        int[] refusing = {20};
        try (FakeApi api =
                new FakeApi(
                        request ->
                                request.number() < refusing[0]
                                        ? new Answer.Takes()
                                        : new Answer.Refuses(403, "forbidden", 0))) {
            assertRefused(() -> send(api, file));
            assertThat(checkpoint(file)).exists();
            refusing[0] = Integer.MAX_VALUE;

            ImportReport report = send(api, file);

            Map<String, List<String>> distinct = new LinkedHashMap<>();
            api.takenByUser()
                    .forEach((user, ids) -> distinct.put(user, ids.stream().distinct().toList()));
            assertThat(distinct).isEqualTo(byUser(file));
            int taken = api.takenByUser().values().stream().mapToInt(List::size).sum();
            assertThat(taken - 5_000).isLessThanOrEqualTo(LIMITS.lanes() * LIMITS.batch());
            assertThat(report.totals().events()).isEqualTo(5_000);
        }
    }

    @Test
    void aCheckpointOfAnotherFileIsNotFollowed() throws Exception {
        Path file = file(10, 1);
        Checkpoint.start(source(URI.create("http://other"))).write(checkpoint(file));

        assertRefused(
                () -> Checkpoint.read(checkpoint(file), source(URI.create("http://a"))),
                "--restart");

        Files.writeString(checkpoint(file), "{");
        assertRefused(
                () -> Checkpoint.read(checkpoint(file), source(URI.create("http://a"))),
                "--restart");
    }

    @Test
    @Timeout(60)
    void theFailureOfALaneIsToldWhileOthersWait() throws Exception {
        Path file = file(100, 7);
        Waiter waiting =
                pause -> {
                    if (!pause.isZero()) {
                        new CountDownLatch(1).await();
                    }
                };
        try (FakeApi api = new FakeApi(_ -> new Answer.Refuses(403, "forbidden", 0));
                FreshetClient client = new FreshetClient(api.uri())) {
            assertRefused(() -> run(client, file, _ -> "p", waiting), "forbidden");
        }
    }

    @Test
    void aLineThatSpoilsItsRequestIsRefusedAlone() throws Exception {
        Path file = file(1_000, 7);
        try (FakeApi api =
                new FakeApi(
                        request ->
                                request.body().toString().contains("\"e-500\"")
                                        ? new Answer.Refuses(400, "json-out-of-bounds", 0)
                                        : new Answer.Takes())) {
            ImportReport report = send(api, file);

            assertThat(report.totals().events()).isEqualTo(999);
            assertThat(report.examples()).hasSize(1);
            assertThat(report.examples().getFirst().code()).isEqualTo("json-out-of-bounds");
            assertThat(report.examples().getFirst().line().text()).endsWith(",e-500");
        }
    }

    @Test
    void eachRefusalNamesItsLine() throws Exception {
        Path file = file(300, 1);
        try (FakeApi api = new FakeApi(_ -> new Answer.Rejects(List.of(2)))) {
            ImportReport report = send(api, file);

            assertThat(report.examples())
                    .extracting(refusal -> refusal.line().text())
                    .contains("u-0,e-2");
            assertThat(report.totals().refusedByCode()).containsEntry("bad", 3L);
            assertThat(report.totals().events()).isEqualTo(297);
        }
    }

    @Test
    void anEndedPermitIsRenewedAndAForeignOneStopsTheImport() throws Exception {
        Path file = file(100, 3);
        Function<Request, Answer> onlyTheSecond =
                request ->
                        request.permit().equals("second")
                                ? new Answer.Takes()
                                : new Answer.Refuses(403, "import-permit-invalid", 0);
        try (FakeApi api = new FakeApi(onlyTheSecond);
                FreshetClient client = new FreshetClient(api.uri())) {
            ImportReport report =
                    run(client, file, refused -> refused.isEmpty() ? "first" : "second", time);
            assertThat(report.totals().events()).isEqualTo(100);

            assertThatThrownBy(() -> run(client, file, _ -> "foreign", time))
                    .isInstanceOf(CommandException.class)
                    .hasMessage("Refused: import-permit-invalid.");
        }
    }

    @Test
    void anApiThatNeverAnswersIsNotWaitedForAndOneThatFailsForMinutesEndsTheImport()
            throws Exception {
        Path file = file(10, 1);
        URI gone;
        try (FakeApi api = new FakeApi(_ -> new Answer.Refuses(503, "unavailable", 1))) {
            gone = api.uri();
            assertRefused(() -> send(api, file), "goes on where it stood");
            assertThat(time.passed()).isBetween(Requests.PATIENCE, Duration.ofMinutes(10));
        }
        try (FreshetClient client = new FreshetClient(gone)) {
            assertThatThrownBy(() -> run(client, file, _ -> "p", time))
                    .isInstanceOf(UnreachableException.class);
        }
    }

    @Test
    void anApiThatAsksToWaitForADayEndsTheImportAfterMinutes() throws Exception {
        Path file = file(10, 1);
        try (FakeApi api = new FakeApi(_ -> new Answer.Refuses(429, "too-many", 86_400))) {
            assertRefused(() -> send(api, file), "goes on where it stood");
        }
        assertThat(time.passed()).isBetween(Requests.PATIENCE, Duration.ofMinutes(10));
    }

    /** Takes half of the events, and names one besides that the request does not have. */
    private static Answer notStoredFromTheMiddle(Request request) {
        int count = request.events().size();
        return new Answer.NotStored(IntStream.rangeClosed(count / 2, count).boxed().toList());
    }

    private ImportReport send(FakeApi api, Path file) throws Exception {
        try (FreshetClient client = new FreshetClient(api.uri())) {
            return run(client, file, _ -> "p", time);
        }
    }

    private ImportReport run(
            FreshetClient client, Path file, UnaryOperator<String> permits, Waiter waiter)
            throws Exception {
        ImportSource source = new ImportSource(new Pairs(), file, "hash", () -> Input.text(file));
        ImportRun run = new ImportRun(source, Optional.of(checkpoint(file)), Optional.empty());
        try (Input input = source.opener().open();
                EntrySender sender = new EntrySender(client, permits, LIMITS, time, waiter)) {
            Checkpoint begun = run.begin(client.api().toString(), false, input);
            ImportReport report = run.sendAll(input, begun, sender, _ -> {});
            run.end();
            return report;
        }
    }

    private static Checkpoint.Source source(URI api) {
        return new Checkpoint.Source(api.toString(), "pairs", 1, "hash");
    }

    private static Path checkpoint(Path file) {
        return file.resolveSibling(file.getFileName() + ".checkpoint");
    }

    private Path file(int lines, int users) throws IOException {
        List<String> text = new ArrayList<>(List.of("user,number"));
        for (int i = 0; i < lines; i++) {
            text.add("u-" + i % users + ",e-" + i);
        }
        return Files.write(folder.resolve("events.csv"), text);
    }

    private static Map<String, List<String>> byUser(Path file) throws IOException {
        Map<String, List<String>> byUser = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split(",", -1);
            if (!parts[0].equals("user")) {
                byUser.computeIfAbsent(parts[0], _ -> new ArrayList<>()).add(parts[1]);
            }
        }
        return byUser;
    }
}
