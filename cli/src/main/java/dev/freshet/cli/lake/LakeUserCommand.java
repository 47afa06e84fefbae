package dev.freshet.cli.lake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.Signer;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Secrets;
import dev.freshet.aws.Settings;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.example.Pseudonyms;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.lake.LakeRow;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet lake user}: the rows of one person. */
@Command(
        name = "user",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the rows of one user. The lake has pseudonyms only; the stack's secret, which this"
                    + " command reads from the running local cloud or the stack, says which is"
                    + " whose."
        })
final class LakeUserCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "The user's id, or an anonymous id.")
    private String id = "";

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Most rows of each table. Default: ${DEFAULT-VALUE}.")
    private int limit = 100;

    @Mixin private final LakeOption lake = new LakeOption();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        String pseudonym = pseudonym();
        QueryRows interactions =
                rows(
                        "SELECT * FROM interactions_now i WHERE i.pseudonym = '%s' OR EXISTS (SELECT 1"
                                + " FROM merges m WHERE m.pseudonym = i.pseudonym AND m.merged_into = '%s')"
                                + " ORDER BY occurred_ns DESC",
                        pseudonym);
        QueryRows lists =
                rows(
                        "SELECT * FROM exposures i WHERE i.pseudonym = '%s' OR EXISTS (SELECT 1"
                                + " FROM merges m WHERE m.pseudonym = i.pseudonym AND m.merged_into = '%s')"
                                + " ORDER BY occurred_ns DESC",
                        pseudonym);
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("pseudonym", pseudonym);
        result.set("interactions", interactions.toJson());
        result.set("exposures", lists.toJson());
        output.result(
                result,
                "Pseudonym "
                        + pseudonym
                        + "\n\nInteractions\n"
                        + interactions.toText()
                        + "\n\nLists shown\n"
                        + lists.toText());
        return 0;
    }

    private QueryRows rows(String query, String pseudonym) {
        return lake.ask(asked -> asked.query(query.formatted(pseudonym, pseudonym), limit));
    }

    private String pseudonym() {
        Settings settings =
                lake.outputs()
                        .map(StackOutputs::variables)
                        .or(() -> lake.state().environmentWithSecret())
                        .map(Settings::from)
                        .orElseThrow(
                                () ->
                                        new CommandException(
                                                "The local cloud does not run on "
                                                        + lake.state().folder()
                                                        + ": start it with 'freshet up'."));
        try (Clients clients = new Clients(settings)) {
            String stored = new Wiring(settings).ids().apply(id);
            return LakeRow.text(
                    new Pseudonyms(new Signer(new Secrets(settings, clients).secret())).of(stored));
        }
    }
}
