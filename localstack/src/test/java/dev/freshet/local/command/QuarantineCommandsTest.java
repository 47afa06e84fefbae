package dev.freshet.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.api.Drain;
import dev.freshet.api.FreshetClient;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.kinesis.KinesisEventLog;
import dev.freshet.aws.kinesis.KinesisExampleLog;
import dev.freshet.cli.quarantine.QuarantineCommand;
import dev.freshet.demo.StoreInspector;
import dev.freshet.event.Event;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.event.UserIdentity;
import dev.freshet.event.Value;
import dev.freshet.ingest.EventLog;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.TestCloud;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From poison in a stream to an empty quarantine, by the commands alone. */
class QuarantineCommandsTest {
    private Path state = TestCloud.shared().stateFolder();

    @Test
    void poisonIsListedShownRetriedAndDropped(@TempDir Path empty) throws Exception {
        LocalCloud cloud = TestCloud.shared();
        try (FreshetClient client = cloud.client()) {
            Drain.await(client, _ -> {});
        }
        try (Clients clients = new Clients(cloud.settings());
                StoreInspector books = new StoreInspector(cloud.settings(), TestCloud.CLOCK)) {
            String stream = cloud.settings().text(Setting.EVENTS_STREAM);
            EventLog events = new KinesisEventLog(clients.kinesis(), stream);
            long learnedBefore = books.newestModel().model().totals().events();
            byte[] click = new EventCodec().encode(click());
            List<EventLog.Entry> wrong =
                    List.of(
                            new EventLog.Entry("ann-the-reader", bytes("poison")),
                            new EventLog.Entry("a-wrong-key", click));
            assertThat(events.put(wrong)).isEmpty();
            new KinesisExampleLog(clients.kinesis(), cloud.settings().text(Setting.EXAMPLES_STREAM))
                    .put(bytes("no examples"));
            TestCloud.await(() -> run("list", "--json").json().path("open").asInt() == 3);
            JsonNode listed = run("list", "--json").json();

            assertThat(listed.at("/reasons/undecodable").asInt()).isEqualTo(2);
            assertThat(listed.at("/reasons/foreign-partition-key").asInt()).isEqualTo(1);
            assertThat(listed.toString()).contains("a***").doesNotContain("ann-the-reader");
            assertThat(run("list", "--reason", "foreign", "--json").json().path("open").asInt())
                    .isEqualTo(1);
            assertThat(run("list", "--since", "2099-01-01T00:00:00Z").out())
                    .contains("No matching entry is in quarantine");

            String foreign = position(listed, "foreign-partition-key");
            CommandRun shown = run("show", foreign);
            assertThat(shown.code()).isZero();
            assertThat(shown.out()).contains("Interaction").doesNotContain("a-wrong-key");
            assertThat(run("show", foreign, "--payload").out())
                    .contains("a-wrong-key")
                    .contains("ann-the-reader");

            CommandRun retried = run("retry", "--all", "--json");
            assertThat(retried.code()).as(retried.err()).isEqualTo(1);
            assertThat(retried.last().at("/settled/retried").asInt()).isEqualTo(1);
            assertThat(retried.last().path("open"))
                    .hasSize(2)
                    .allMatch(one -> one.path("state").asText().equals("unreadable"));
            TestCloud.await(
                    () -> books.newestModel().model().totals().events() == learnedBefore + 1);
            assertThat(books.ownersByEvent().get("foreign-1")).hasSize(1);
            assertThat(run("retry", foreign).out()).contains("No open entry is selected");

            CommandRun asked = run("drop", "--reason", "undecodable");
            assertThat(asked.code()).isEqualTo(1);
            assertThat(asked.err()).contains("--yes");
            assertThat(run("drop", "--reason", "undecodable", "--yes", "--json").json())
                    .hasToString("{\"dropped\":2}");
            assertThat(run("list").out()).contains("No matching entry is in quarantine");
            assertThat(books.newestModel().model().totals().events()).isEqualTo(learnedBefore + 1);
        }
        state = empty;
        CommandRun without = run("list");
        assertThat(without.code()).isEqualTo(1);
        assertThat(without.err()).contains("freshet up").doesNotContain("\tat ");
    }

    private static String position(JsonNode listed, String reason) {
        for (JsonNode entry : listed.path("entries")) {
            if (entry.path("reason").asText().startsWith(reason)) {
                return entry.path("position").asText();
            }
        }
        throw new AssertionError(listed);
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(state, new QuarantineCommand(TestCloud.CLOCK), arguments);
    }

    private static Event click() {
        Instant now = TestCloud.CLOCK.instant();
        return new Event.Interaction(
                EventHeader.of("foreign-1", UserIdentity.user("ann-the-reader"), now),
                EventType.CLICK,
                Target.item("tea"),
                Value.NONE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
