package dev.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.option.OptionRecord;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.cli.CommandServer;
import dev.freshet.cli.CommandServer.Ran;
import dev.freshet.cli.lake.FakeAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsDiffTest {
    @AutoClose private final FakeAws aws = new FakeAws().inPlaceOfAws();

    @TempDir private Path folder;

    private void deployed(String options) {
        Map<String, String> given = new TreeMap<>();
        for (String option : options.split(" ", -1)) {
            given.put(option.split("=", 2)[0], option.split("=", 2)[1]);
        }
        OptionRecord record = OptionRecord.of(StackSettings.of(given));
        Map<String, String> outputs =
                Map.of(
                        "KeysTableName",
                        "keys",
                        "Options",
                        record.text(),
                        "OptionsHash",
                        record.hash());
        aws.on("DescribeStacks", CommandServer.described(outputs));
    }

    private Ran diff(String json, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("freshet.json"), json);
        String words = "options diff --stack shop --options %s ".formatted(file);
        Ran ran = CommandServer.alone((words + String.join(" ", more)).strip().split(" ", -1));
        return new Ran(ran.code(), ran.out().replace(folder + "/", ""), ran.err());
    }

    @Test
    void tenChangesAreSaidWithWhatTheyMean() throws Exception {
        String before =
                "stage=prod lake=true pseudonymiseIds=true fanOut=true site=true kAnonymity=5";
        deployed(before + " stackName=shop");

        Ran ran =
                diff(
                        """
                        {"stage": "prod", "stackName": "shop", "entrance": "http",
                         "customerKey": "retired", "kAnonymity": 5, "lakeDays": 30, "catalogue": "open"}""",
                        "-c kAnonymity=3");

        assertThat(ran.code()).as(ran.err()).isOne();
        assertThat(ran.out())
                .isEqualTo(
                        """
                        shop would change 10 options with those of freshet.json.
                        fanOut true → false. The readers of both streams are replaced, and lists learn nothing new until the new ones have caught up. Records that are read twice count once.
                        entrance rest → http, one-way. The API gets another address and the former one is gone for good: pages, servers and apps that call it fail until they know the new one.
                        site true → false, one-way. The pages lose their address: another distribution gets another one.
                        catalogue closed → open, one-way. To `open`: ids that any visitor names are learned and shown, and stay in the model. To `closed`: what was learned of items outside of the catalogue is shown no more, and new events of them are not learned.
                        kAnonymity 5 → 3, one-way. What fewer people did becomes visible to others, also of the past.
                        freshnessAlarmMs 200 → 2000.
                        lake true → false, one-way. Events from then on are in no lake, and no erasure reaches its rows any more. In dev the bucket must be emptied and goes; in prod bucket and database stay, and the database has to be deleted before `lake=true` again.
                        lakeDays 400 → 30, one-way. What is older is deleted.
                        pseudonymiseIds true → false, one-way. Every known user becomes a stranger: ids as sent and ids replaced do not match, so neither lists, exports nor erasures find what was stored under the other form; to `false`, ids are stored as they are sent.
                        customerKey true → retired. What is written from then on lies under keys of AWS. The key stays, for reading, and goes on costing.
                        -c kAnonymity=3 holds, and not the file's value.
                        Refused without -c allow=entrance,site,catalogue,kAnonymity,lake,lakeDays,pseudonymiseIds.
                        """);
    }

    @Test
    void whatIsAllowedIsNoFailureAndJsonHasTheSame() throws Exception {
        deployed("lake=true");

        Ran refused = diff("{}", "--json");
        JsonNode json = new ObjectMapper().readTree(refused.out());

        assertThat(refused.code()).isOne();
        assertThat(json.at("/changes/0/oneWay").asBoolean()).isTrue();
        assertThat(json.path("refused")).hasToString("[\"lake\"]");
        assertThat(diff("{}", "--allow lake").code()).isZero();
        assertThat(diff("{\"lake\":true}").out())
                .startsWith("shop would change 0 options with those of freshet.json.");
        assertThat(diff("{\"lak\":true}").err()).contains("freshet.json: Unknown option 'lak'");
    }

    @Test
    void aTemplateOfOtherOptionsIsNamed() throws Exception {
        deployed("lakeDays=400");
        String other = "{\"Outputs\":{\"Options\":{\"Value\":\"{\\\"lakeDays\\\":\\\"30\\\"}\"}}}";
        Path template = Files.writeString(folder.resolve("t.json"), other);

        assertThat(diff("{}", "--template " + template).out())
                .contains("t.json is of other options: lakeDays 30 → 400.");
    }

    @Test
    void aStackThatKeptNoOptionsIsASentence() throws Exception {
        aws.on("DescribeStacks", CommandServer.described(Map.of("KeysTableName", "keys")));

        assertThat(diff("{}").err()).contains("shop has no output of its options");
    }
}
