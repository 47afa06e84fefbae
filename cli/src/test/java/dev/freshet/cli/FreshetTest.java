package dev.freshet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class FreshetTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(CommandLine line, String... arguments) {
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static List<CommandSpec> all(CommandSpec spec) {
        List<CommandSpec> specs = new ArrayList<>(List.of(spec));
        spec.subcommands().values().forEach(each -> specs.addAll(all(each.getCommandSpec())));
        return specs;
    }

    @Test
    void theCommandsThatTalkToAStackAreHere() {
        assertThat(Freshet.commandLine().getSubcommands())
                .containsKeys(
                        """
                        explain export generate-completion import items keys lists quarantine rank \
                        recommend replay similar status trending users"""
                                .split(" ", -1));
    }

    @Test
    void everyCommandAndEveryOptionIsDescribed() {
        List<CommandSpec> commands = all(Freshet.commandLine().getCommandSpec());

        assertThat(commands).hasSizeGreaterThan(20);
        assertThat(commands)
                .allSatisfy(
                        command -> {
                            assertThat(command.usageMessage().description())
                                    .as(command.qualifiedName())
                                    .isNotEmpty();
                            for (ArgSpec argument : command.args()) {
                                assertThat(argument.description())
                                        .as(command.qualifiedName() + " " + argument.paramLabel())
                                        .isNotEmpty();
                            }
                        });
    }

    @Test
    void everyCommandShowsItsHelp() {
        for (CommandSpec command : all(Freshet.commandLine().getCommandSpec())) {
            List<String> words = List.of(command.qualifiedName().split(" "));
            if (words.getLast().equals("help")) {
                continue;
            }
            List<String> arguments = new ArrayList<>(words.subList(1, words.size()));
            arguments.add("--help");
            assertThat(run(Freshet.commandLine(), arguments.toArray(String[]::new)))
                    .as(command.qualifiedName())
                    .isZero();
        }
        assertThat(out.toString()).contains("freshet recommend", "freshet keys create");
    }

    @Test
    void aCommandLineThatIsNotUnderstoodEndsWithTwoAndPointsToTheHelp() {
        assertThat(run(Freshet.commandLine(), "recommend", "--cuont", "1")).isEqualTo(2);
        assertThat(err.toString()).contains("--cuont").contains("--help").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    recomend --user user-1        | 'recomend' is no command of 'freshet'. Did you mean 'recommend'?
                    recommend --usr x             | '--usr' is no option of 'freshet recommend'. Did you mean '--user'?
                    recommend --usr=x             | '--usr' is no option of 'freshet recommend'. Did you mean '--user'?
                    keys creat secret             | 'creat' is no command of 'freshet keys'. Did you mean 'create'?
                    --prfile x status             | '--prfile' is no option of 'freshet'. Did you mean '--profile'?
                    qqqqqqqq                      | 'qqqqqqqq' is no command of 'freshet'.
                    recommend --zzzzzz            | '--zzzzzz' is no option of 'freshet recommend'.
                    trending 7                    | '7' is no argument of 'freshet trending'.
                    """)
    void aMisspeltWordIsAnsweredWithTheNearestOne(String words, String sentence) {
        assertThat(run(Freshet.commandLine(), words.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString().lines().findFirst()).hasValue(sentence);
    }

    @Test
    void theHelpListsTheCommandsInGroupsAndAllExitCodes() {
        assertThat(run(Freshet.commandLine(), "--help")).isZero();
        assertThat(out.toString())
                .containsSubsequence(
                        "Start:",
                        "  options ",
                        "Ask for lists:",
                        "  recommend ",
                        "  explain ",
                        "Data:",
                        "  items ",
                        "  import ",
                        "Operate:",
                        "  status ",
                        "Measure:",
                        "  outcomes ",
                        "  cost ",
                        "Exit codes:",
                        "0 ",
                        "1 ",
                        "2 ",
                        "3 ")
                .doesNotContain(CommandGroups.OTHERS + ":");
    }

    @Test
    void aRefusedKeyIsAnsweredWithWhatGaveIt() {
        HttpServer api =
                CommandServer.serving(
                        exchange -> {
                            exchange.sendResponseHeaders(401, 2);
                            exchange.getResponseBody().write("{}".getBytes(UTF_8));
                            exchange.close();
                        });
        String address = CommandServer.address(api).toString();

        assertThat(run(Freshet.commandLine(), "trending", "--endpoint", address, "--key", "k"))
                .isEqualTo(1);
        assertThat(err.toString()).contains(address + " does not accept the key of --key:");
        api.stop(0);
    }

    @Test
    void noControlCharacterOfAnArgumentReachesTheTerminal() {
        assertThat(run(Freshet.commandLine(), "recommend", "--\u202e\u001b[2J")).isEqualTo(2);
        assertThat(err.toString()).contains("\\u202e\\u001b[2J").doesNotContain("\u202e", "\u001b");
    }

    @Test
    void anOptionOfTheRootThatTheCommandWouldIgnoreIsRefused() {
        assertThat(run(Freshet.commandLine(), "--endpoint", "https://x.example", "keys", "list"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--endpoint is not an option of 'freshet keys list'");
    }

    @Test
    void anOptionOfTheRootIsThatOfTheCommand() {
        assertThat(run(Freshet.commandLine(), "--endpoint", "nowhere", "trending")).isEqualTo(1);
        assertThat(err.toString()).contains("--endpoint must be an address", "'nowhere'");
    }

    @Test
    void theCompletionScriptCompletesFreshet() {
        assertThat(run(Freshet.commandLine(), "generate-completion")).isZero();
        assertThat(out.toString())
                .contains("_complete_freshet")
                .contains("recommend", "--endpoint", "--profile");
    }

    @Test
    void statusWithoutALocalCloudSaysWhatToDo(@TempDir Path folder) {
        System.setProperty("freshet.home", folder.toString());
        try {
            assertThat(run(Freshet.commandLine(), "status", "--profile", "local")).isEqualTo(1);
        } finally {
            System.clearProperty("freshet.home");
        }
        assertThat(err.toString()).contains("./freshet up", "--endpoint", "FRESHET_ENDPOINT");
    }

    @Command(name = "break")
    private static final class Breaking implements Callable<Integer> {
        private final RuntimeException problem;

        Breaking(RuntimeException problem) {
            this.problem = problem;
        }

        @Override
        public Integer call() {
            throw problem;
        }
    }

    private void breakBy(RuntimeException problem) {
        CommandLine line = Freshet.commandLine();
        line.addSubcommand(new Breaking(problem));

        assertThat(run(line, "break")).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    @Test
    void aDefectIsOneSentenceAndNoStackTrace() {
        breakBy(new IllegalStateException("inner workings"));

        assertThat(err.toString()).contains("unexpectedly", "inner workings");
    }

    @Test
    void aStateFolderNamesAStackAlone() {
        CommandServer.Ran none = CommandServer.alone("trending", "--state=/nowhere");
        assertThat(none.err()).contains("No local cloud runs on /nowhere", "up --state DIR");
        CommandServer.Ran two =
                CommandServer.alone("trending", "--state=/nowhere", "--endpoint=http://a.example");
        assertThat(two.err()).contains("not both");
    }

    @Test
    void missingAwsCredentialsAreNoDefect() {
        breakBy(SdkClientException.create("Unable to load credentials."));

        assertThat(err.toString())
                .contains("Unable to load credentials.", "AWS_PROFILE")
                .doesNotContain("unexpectedly");
    }

    @Test
    void aFailedCallOfAwsNamesCredentialsOnlyWhereTheyMayBeTheCause() {
        String credentials = ": check the credentials and the region,";
        for (String code :
                List.of("UnrecognizedClientException", "ExpiredToken", "AccessDeniedException")) {
            assertThat(Freshet.sentence(refused(code))).contains("AWS refused (no", credentials);
        }
        for (String code : List.of("ThrottlingException", "ValidationException")) {
            assertThat(Freshet.sentence(refused(code)))
                    .startsWith("AWS refused (no ")
                    .doesNotContain("credentials")
                    .endsWith(").");
        }
        assertThat(
                        Freshet.sentence(
                                SdkClientException.create(
                                        "Unable to load credentials from any of the providers in the chain")))
                .startsWith("AWS was not asked (Unable to load credentials)" + credentials);
        assertThat(Freshet.sentence(SdkClientException.create("FunctionName must not be null")))
                .isEqualTo("AWS was not asked (FunctionName must not be null). Please report it.");
        assertThat(Freshet.sentence(SdkClientException.create("no route", new IOException("x"))))
                .isEqualTo("AWS did not answer (no route): check the network, and AWS_REGION.");
    }

    private static SdkException refused(String code) {
        return DynamoDbException.builder()
                .message("no")
                .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode(code).errorMessage("no").build())
                .build();
    }
}
