package dev.freshet.bench.ope;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code freshet ope}: off-policy evaluation of logged lists. */
@Command(
        name = "ope",
        mixinStandardHelpOptions = true,
        description = {
            "Estimates what lists would have earned by another policy, from logged lists with the"
                    + " probabilities that they were drawn with.",
            "Where a log cannot answer, no estimate is given, and the reasons are."
        })
public final class OpeCommand implements Callable<Integer> {
    private static final String OPEN_BANDIT = "open-bandit";
    private static final int MAX_SIMULATIONS = 10_000_000;

    @Parameters(
            index = "0",
            paramLabel = "LOG",
            description =
                    "JSONL file of exported exposures, the folder of the Open Bandit sample, or"
                            + " open-bandit with --data.")
    @SuppressWarnings("NullAway.Init")
    private String log;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of the Open Bandit sample, or its parent.")
    private @Nullable Path data;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description = "Policy to evaluate, of those that the file has probabilities of.")
    private @Nullable String target;

    @Option(
            names = "--simulations",
            paramLabel = "N",
            description =
                    "Simulations of Open Bandit's Thompson sampling. Default: ${DEFAULT-VALUE}.")
    private int simulations = 100_000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the simulations. Default: ${DEFAULT-VALUE}.")
    private long seed = 12345;

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        if (simulations < 1 || simulations > MAX_SIMULATIONS) {
            throw new CommandException(
                    "--simulations must be between 1 and " + MAX_SIMULATIONS + ".");
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        List<String> text = new ArrayList<>();
        Path path = Path.of(log);
        if (log.equals(OPEN_BANDIT) && data == null) {
            throw new CommandException("Name the folder of the Open Bandit sample with --data.");
        }
        if (data != null || Files.isDirectory(path)) {
            json.put("ope", OPEN_BANDIT).put("seed", seed).put("simulations", simulations);
            OpenBandit sample = OpenBandit.in(data == null ? path : data);
            for (String campaign : OpenBandit.CAMPAIGNS) {
                campaign(sample, campaign, json.putObject(campaign), text);
            }
        } else {
            OpeResult result = OpeResult.of(ExposuresFile.read(path, target));
            json.put("ope", path.toString());
            result.writeTo(json);
            text.addAll(result.lines());
        }
        output.result(json, String.join(System.lineSeparator(), text));
        return 0;
    }

    /** The campaign's own members are of the first direction, or of the one that is refused. */
    private void campaign(OpenBandit sample, String campaign, ObjectNode json, List<String> text) {
        int items = sample.items(campaign);
        double[][] even = new double[ThompsonPolicy.PLACES][items];
        for (double[] place : even) {
            Arrays.fill(place, 1.0 / items);
        }
        double[][] thompson =
                ThompsonPolicy.probabilities(campaign, simulations, new SplittableRandom(seed));
        OpeResult forth =
                OpeResult.of(
                        OpenBandit.lists(sample.rows(OpenBandit.EVEN, campaign), thompson, true));
        OpeResult back =
                OpeResult.of(
                        OpenBandit.lists(sample.rows(OpenBandit.THOMPSON, campaign), even, false));
        (back.diagnostics().refused() ? back : forth).writeTo(json);
        forth.writeTo(json.putObject("evenToThompson"));
        back.writeTo(json.putObject("thompsonToEven"));
        text.add(campaign + ", Thompson sampling from lists that show items evenly");
        text.addAll(forth.lines());
        text.add(campaign + ", items shown evenly from lists by Thompson sampling");
        text.addAll(back.lines());
    }
}
