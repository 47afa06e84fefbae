package dev.freshet.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.aws.FakeService.Answer;
import dev.freshet.aws.option.OptionRecord;
import dev.freshet.aws.option.StackSettings;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of a stack as a service in place of STS and CloudFormation gives them. */
class DeployedOptionsTest {
    private Answer described = Answer.ok("");

    @AutoClose
    private final FakeService aws =
            new FakeService(
                    (operation, _) ->
                            operation.equals("DescribeStacks")
                                    ? described
                                    : Answer.ok("<R><Account>111122223333</Account></R>"));

    private DeployedOptions at(String account) {
        return new DeployedOptions(
                new Settings(Map.of("AWS_ENDPOINT_URL", aws.address())), account, "eu-west-1");
    }

    private static StackSettings options(String words) {
        return StackSettings.of(
                Stream.of(words.split(" ", -1))
                        .filter(word -> !word.isEmpty())
                        .map(word -> word.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
    }

    private DeployedOptions deployed(String words) {
        OptionRecord record = OptionRecord.of(options(words));
        described =
                Answer.ok(
                        """
                        <R><member><OutputKey>Options</OutputKey><OutputValue>%s</OutputValue></member>
                        <member><OutputKey>OptionsHash</OutputKey><OutputValue>%s</OutputValue></member></R>"""
                                .formatted(record.text().replace("\"", "&quot;"), record.hash()));
        return at("111122223333");
    }

    @ParameterizedTest
    @CsvSource({
        "customerKey=true, '', customerKey, no model loads",
        "customerKey=retired, '', customerKey, no model loads",
        "stage=prod stackName=freshet-dev, '', customerKey, no model loads",
        "pseudonymiseIds=true, '', pseudonymiseIds, becomes a stranger",
        "'', pseudonymiseIds=true, pseudonymiseIds, becomes a stranger",
        "modelId=shop, '', modelId, begins an empty model",
        "catalogue=open, '', catalogue, To `closed`",
        "'', catalogue=open, catalogue, stay in the model",
        "lake=true, '', lake, are in no lake",
        "entrance=http, '', entrance, another address",
        "'', entrance=http, entrance, another address",
        "protection=true, '', protection, backups of the last 35 days",
        "site=true, '', site, lose their address",
        "signedApi=true, '', signedApi, lose their address",
        "lakeDays=500, '', lakeDays, What is older",
        "logDays=30, '', logDays, What is older",
        "'', quarantineDays=10, quarantineDays, What is older",
        "kAnonymity=5, kAnonymity=2, kAnonymity, becomes visible to others"
    })
    void whatCannotBeChangedBackIsRefusedUnlessItIsAllowed(
            String before, String after, String option, String lost) {
        DeployedOptions deployed = deployed(before);
        StackSettings planned = options(after);

        assertThatThrownBy(() -> deployed.compared(planned, Set.of(), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "The stack freshet-dev would lose",
                        ", one-way. ",
                        lost,
                        "-c allow=",
                        option);
        Set<String> allowed =
                Stream.of(option, "protection", "quarantineDays", "logDays")
                        .collect(Collectors.toSet());
        assertThat(deployed.compared(planned, allowed, true))
                .anyMatch(line -> line.startsWith(option) && line.contains(lost));
    }

    @ParameterizedTest
    @CsvSource({
        "'', lake=true",
        "'', customerKey=true",
        "'', protection=true",
        "lakeDays=30, ''",
        "customerKey=true, customerKey=retired",
        "customerKey=retired, customerKey=true"
    })
    void otherChangesAreSaidAndNotRefused(String before, String after) {
        assertThat(deployed(before).compared(options(after), Set.of(), true)).hasSize(1);
        assertThat(deployed(before).compared(options(before), Set.of(), true)).isEmpty();
    }

    @Test
    void leavingTheKeyIsAllowedByRetiringIt() {
        Set<String> key = Set.of("customerKey");
        StackSettings planned = options("customerKey=false").allowing(key);

        assertThat(deployed("customerKey=true").compared(planned, key, true).getFirst())
                .startsWith("customerKey true → retired. ");
        assertThatThrownBy(() -> planned.allowing(Set.of("fanOut")))
                .hasMessage("allow=fanOut: no change of fanOut has to be allowed.");
    }

    /** The second is that of a stack whose first deployment failed. */
    @ParameterizedTest
    @CsvSource({"400, <M>Stack with id freshet-dev does not exist</M>", "200, <R>ROLLBACK</R>"})
    void aFirstDeploymentHasNothingToLose(int status, String body) {
        described = new Answer(status, body);
        assertThat(at("111122223333").compared(options(""), Set.of(), true)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 200, '', the CDK found no credentials",
        "444455556666, 200, '', the CDK deploys to account 444455556666",
        "111122223333, 403, AccessDenied, 'AWS answered 403, AccessDenied'",
        "111122223333, 200, <OutputKey>ApiUrl</OutputKey><OutputValue>u</OutputValue>, it has no output Options"
    })
    void whatIsNotKnownIsSaidAndRefusedWhereItMustBeKnown(
            String account, int status, String body, String why) {
        described = new Answer(status, body);
        String sentence = "The options were not compared with those of the stack freshet-dev: ";

        assertThat(at(account).compared(options(""), Set.of(), false).getFirst())
                .startsWith(sentence + why);
        assertThatThrownBy(() -> at(account).compared(options(""), Set.of(), true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(sentence + why);
    }
}
