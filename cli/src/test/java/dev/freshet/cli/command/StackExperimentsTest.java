package dev.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.CommandServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that call a stack, against a server that keeps definitions without checks. */
class StackExperimentsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String HOME =
            """
            {"id":"home","version":1,"status":"running","layer":"ranking","slots":[0,5000],
             "salt":"home-1","plannedUsers":20000,
             "arms":[{"id":"control","weight":0.5},{"id":"wide","weight":0.5,"diversity":0.5}],
             "metrics":{"primary":"listCtr"}}
            """;

    @TempDir Path folder = Path.of("");

    private final TreeMap<String, JsonNode> stored = new TreeMap<>();

    @AutoClose
    private final CommandServer server =
            CommandServer.keeping(
                    "/v1/experiments",
                    stored,
                    list -> {
                        list.putArray("experiments").addAll(stored.values());
                        return list;
                    });

    private String err = "";

    private String run(int exit, String... words) {
        CommandServer.Ran ran =
                server.run(
                        Stream.concat(Stream.of("experiments"), Stream.of(words))
                                .toArray(String[]::new));
        err = ran.err();
        assertThat(ran.code()).as(err).isEqualTo(exit);
        return ran.out();
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("home.json"), text).toString();
    }

    @Test
    void aDefinitionIsPutShownListedStoppedAndDeleted() throws IOException {
        assertThat(run(0, "put", file(HOME))).contains("home, version 1: running");

        assertThat(MAPPER.readTree(run(0, "show", "home"))).isEqualTo(MAPPER.readTree(HOME));
        assertThat(run(0, "list").lines().toList())
                .containsExactly(
                        "id    version  status   layer    slots   traffic  arms          primary",
                        "home  1        running  ranking  0-5000  1        control,wide  listCtr");
        assertThat(MAPPER.readTree(run(0, "list", "--json")).path("experiments")).hasSize(1);

        assertThat(run(0, "stop", "home")).contains("home, version 2: stopped");
        assertThat(run(0, "stop", "home")).contains("home, version 2: stopped");
        assertThat(MAPPER.valueToTree(stored).at("/home/arms")).hasSize(2);

        run(0, "delete", "home");
        assertThat(run(0, "list")).contains("There are no experiments.");
    }

    @Test
    void resultsBeginWithTheSentenceAndEndWithTheModelTheyAreOf() throws IOException {
        stored.put(
                "home/results",
                MAPPER.readTree(
                        """
                        {"id":"home","sentence":"Arm wide is better than control.",
                         "plannedUsers":20000,"enrolled":20008,
                         "users":{"control":10021,"wide":9987},"split":{"alarm":false},"crossed":3,
                         "arms":[{"arm":"wide","conclusion":"better",
                           "primary":{"metric":"listCtr","control":0.0801,"arm":0.0874,
                             "interval":[0.0021,0.0124],"lift":[0.026,0.159]},
                           "guardrails":[{"metric":"hidesPerList","control":0.0102,"arm":0.0104,
                             "interval":[-0.001,0.0014],"state":"unclear"}],
                           "secondary":[{"metric":"revenuePerUser","control":1.5,"arm":1.75,
                             "interval":[-0.25,0.75],"discovered":false}],
                           "groups":[{"by":"segment","group":"s3","groupName":"football, cup",
                             "controlUsers":4011,"users":3999,"metric":"listCtr",
                             "interval":[0.003,0.015],"discovered":true},
                            {"by":"device","group":"","controlUsers":120,"users":118,
                             "metric":"listCtr","interval":[-0.02,0.03],"discovered":false}]}],
                         "groupsNote":"Groups describe.",
                         "asOf":{"modelVersion":7,"newestEvent":"2026-11-26T12:00:00Z"}}
                        """));

        assertThat(run(0, "results", "home").lines().toList())
                .containsExactly(
                        "Arm wide is better than control.",
                        "",
                        "20,008 of 20,000 planned users: control 10,021, wide 9,987.",
                        "3 users were shown two arms and are left out since.",
                        "",
                        "arm   metric          control  arm has  difference"
                                + "              lift               shows",
                        "wide  listCtr         8.01 %   8.74 %   +0.21 to +1.24 points"
                                + "   +2.6 % to +15.9 %  better",
                        "wide  hidesPerList    0.01020  0.01040  -0.001000 to +0.001400"
                                + "                     guardrail: unclear",
                        "wide  revenuePerUser  1.5000   1.7500   -0.2500 to +0.7500"
                                + "                         not known",
                        "",
                        "arm   group                     control users  users  difference"
                                + "             shows",
                        "wide  segment s3 football, cup  4,011          3,999  +0.30 to +1.50"
                                + " points  differs",
                        "wide  device not known          120            118    -2.00 to +3.00"
                                + " points  not known",
                        "Groups describe.",
                        "",
                        "Intervals hold at every look. As of model version 7, newest event"
                                + " 2026-11-26T12:00:00Z.");
        assertThat(MAPPER.readTree(run(0, "results", "home", "--json")).path("crossed").asLong())
                .isEqualTo(3);
        run(1, "results", "other");
        assertThat(err).contains("There is nothing of this name.");
    }

    @Test
    void anExperimentThatIsNotThereIsToldInASentence() {
        run(1, "show", "home");
        assertThat(err).contains("There is nothing of this name.").doesNotContain("\tat ");
        run(1, "stop", "home");
        assertThat(stored).isEmpty();
    }

    @Test
    void aFileThatHoldsNoDefinitionIsNotSent() throws IOException {
        run(1, "put", "nowhere.json");
        assertThat(err).contains("There is no readable file nowhere.json.");
        run(1, "put", file("{"));
        assertThat(err).contains("is not JSON.");
        run(1, "put", file("[]"));
        assertThat(err).contains("has no definition with an id.");
        run(1, "put", file(HOME + " ".repeat(16 << 10)));
        assertThat(err).contains("has more than 16,384 bytes.");
        assertThat(stored).isEmpty();
    }
}
