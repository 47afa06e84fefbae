package dev.freshet.local.command;

import dev.freshet.aws.option.StackOption;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.console.CommandException;
import dev.freshet.folder.Checkout;
import dev.freshet.local.Options;
import dev.freshet.local.Options.Switch;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of every command that starts a local cloud, to be mixed into the command. */
public final class CloudOptions {

    /** The consumer of the streams, by the names of the stack's context. */
    enum StreamConsumer {
        functions,
        worker
    }

    /** Reader of a port's number. */
    static final class Port implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) < 1 << 16) {
                return Integer.valueOf(text);
            }
            throw new TypeConversionException("'" + text + "' is not a port, which is 0 to 65535");
        }
    }

    /** Options that no function receives and that change a local cloud. */
    private static final List<StackOption<?>> LOCAL = List.of(StackOptions.LAKE, StackOptions.BULK);

    /** Port of the API unless {@code --port} names another. */
    private static final int USUAL_PORT = 8787;

    @Option(
            names = "--port",
            paramLabel = "N",
            converter = Port.class,
            description =
                    "Port of the API on 127.0.0.1; 0 chooses a free one. Default: ${DEFAULT-VALUE}.")
    private int port = USUAL_PORT;

    @Option(names = "--fresh", description = "Empty the state folder first.")
    private boolean fresh;

    @Option(
            names = "--runtime",
            description =
                    "Run each function as a process of the packaged jar under AWS's runtime"
                            + " interface client.")
    private boolean runtime;

    @Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description =
                    "Option of the stack for its functions, in place of the template's, such as"
                            + " objective=purchase=5 or catalogue=open (./freshet options). May be given several"
                            + " times.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--consumer",
            paramLabel = "NAME",
            description =
                    "Consumer of the streams: functions, or worker, which is started with"
                            + " './freshet worker'. Default: ${DEFAULT-VALUE}.")
    private StreamConsumer consumer = StreamConsumer.functions;

    @Option(
            names = "--lift-plans",
            description =
                    "Do not enforce the rates of usage plans, to measure the system and not a"
                            + " caller's rate. Keys are still required.")
    private boolean liftPlans;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "State folder. Default: .freshet in the checkout.")
    private @Nullable Path state;

    @Option(
            names = "--template",
            paramLabel = "FILE",
            description =
                    "CloudFormation template to run. Default: the one that the build synthesized.")
    private @Nullable Path template;

    /** Returns the options for the local cloud; {@code tell} receives its one-line notes. */
    public Options options(Consumer<String> tell) {
        Options usual = Options.of(Checkout.find());
        EnumSet<Switch> switches = EnumSet.noneOf(Switch.class);
        set(switches, Switch.FRESH, fresh);
        set(switches, Switch.PROCESSES, runtime);
        set(switches, Switch.WORKER, consumer == StreamConsumer.worker);
        set(switches, Switch.PLANS_LIFTED, liftPlans);
        return new Options(
                usual.home(),
                state == null ? usual.state() : state,
                template == null ? usual.template() : template,
                port,
                settings(),
                switches,
                usual.clock(),
                tell);
    }

    private static void set(Set<Switch> switches, Switch one, boolean on) {
        if (on) {
            switches.add(one);
        }
    }

    private StackSettings settings() {
        try {
            StackSettings given = StackSettings.of(settings);
            StackOptions.all().stream()
                    .filter(option -> settings.containsKey(option.name()))
                    .filter(option -> option.passing().isEmpty())
                    .filter(option -> !LOCAL.contains(option))
                    .findFirst()
                    .ifPresent(
                            option -> {
                                throw new CommandException(
                                        "--option: no function receives "
                                                + option.name()
                                                + "; it changes a deployed stack only.");
                            });
            return given;
        } catch (IllegalArgumentException refused) {
            throw new CommandException("--option: " + refused.getMessage(), refused);
        }
    }
}
