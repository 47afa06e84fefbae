package dev.freshet.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.aws.option.StackOptions;
import dev.freshet.console.CommandException;
import dev.freshet.local.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CloudOptionsTest {
    private static Options parsed(String... arguments) {
        CloudOptions options = new CloudOptions();
        new CommandLine(options).parseArgs(arguments);
        return options.options(note -> {});
    }

    @Test
    void aLocalCloudTakesOptionsOfTheStackForItsFunctions() {
        String types = "{\"try-on\":{\"slot\":1,\"strength\":3}}";
        Options options =
                parsed("--option", "eventTypes=" + types, "--option", "objective=try-on=5,view=1");

        assertThat(options.settings().find(StackOptions.EVENT_TYPES)).contains(types);
        assertThat(options.settings().find(StackOptions.OBJECTIVE)).contains("try-on=5,view=1");
        assertThat(parsed().settings().given()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"80000", "-1", "http"})
    void aPortThatIsNoneIsAMistakeOfTheCommandLine(String port) {
        CommandRun up = CommandRun.of("up", "--port=" + port);

        assertThat(up.code()).isEqualTo(2);
        assertThat(up.err()).contains("'" + port + "' is not a port, which is 0 to 65535");
    }

    @Test
    void anOptionThatNoFunctionReceivesOrThatIsMisspeltIsRefusedWithASentence() {
        assertThatThrownBy(() -> parsed("--option", "logDays=3"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("no function receives logDays");
        assertThatThrownBy(() -> parsed("--option", "objectiv=view=1"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("Did you mean 'objective'?");
        assertThatThrownBy(() -> parsed("--option", "objective=buying=1"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("There is no type of interaction buying.");
    }
}
