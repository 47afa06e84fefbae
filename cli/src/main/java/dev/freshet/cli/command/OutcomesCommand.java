package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.cli.connection.ApiOptions;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code freshet outcomes}: one call of {@code GET /v1/insights/outcomes}. */
@Command(
        name = "outcomes",
        mixinStandardHelpOptions = true,
        description =
                "Reports lists shown, clicks, conversions and revenue, by day, placement, arm of an"
                        + " experiment, source or position.")
public final class OutcomesCommand implements Callable<Integer> {

    @Option(
            names = "--from",
            paramLabel = "DAY",
            description = "First day in UTC, such as 2026-11-24. Default: a week before the last.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DAY", description = "Last day in UTC. Default: today.")
    private @Nullable String to;

    @Option(
            names = "--placement",
            paramLabel = "NAME",
            description = "Only lists of this placement.")
    private @Nullable String placement;

    @Option(
            names = "--arm",
            paramLabel = "NAME",
            description = "Only lists of this arm of an experiment.")
    private @Nullable String arm;

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            description =
                    "What to break down by: of day, placement, arm and either source or position,"
                            + " separated by commas; or hour alone, for the latest 48 hours of a"
                            + " --placement; or segment of users, with day or alone. Default: ${DEFAULT-VALUE}.")
    private String by = "day,placement";

    @Option(names = "--csv", description = "Print the rows as comma-separated values.")
    private boolean csv;

    @Mixin private final ApiOptions api = new ApiOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        String path =
                "/v1/insights/outcomes?by="
                        + FreshetClient.segment(by)
                        + FreshetClient.parameter("from", from)
                        + FreshetClient.parameter("to", to)
                        + FreshetClient.parameter("placement", placement)
                        + FreshetClient.parameter("arm", arm);
        JsonNode answer = api.get(path).body();
        if (csv && !api.output().json()) {
            spec.commandLine().getOut().print(OutcomesText.csv(answer));
            spec.commandLine().getOut().flush();
        } else {
            api.print(answer, OutcomesText.table(answer));
        }
        return 0;
    }
}
