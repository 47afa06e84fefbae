package dev.freshet.cli.lake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.Output;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.lake.LakeSql;
import dev.freshet.lake.LakeTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code freshet lake doctor}: checks what has to hold of a lake. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "With --stack, whether Lake Formation lets the stack have tables, also before it has a lake.",
            "Checks that settled tables have one row for each event, that no row of an erased person is"
                    + " left, and that nothing was given up.",
            "The exit code is 1 if a check fails; the output says what to do."
        })
final class LakeDoctorCommand implements Callable<Integer> {
    @Mixin private final LakeOption lake = new LakeOption();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        Map<String, String> findings =
                lake.outputs()
                        .map(this::deployed)
                        .orElseGet(() -> lake.with(LakeDoctorCommand::findings));
        ObjectNode result =
                JsonNodeFactory.instance.objectNode().put("healthy", findings.isEmpty());
        ObjectNode problems = result.putObject("findings");
        findings.forEach(problems::put);
        output.result(
                result,
                findings.isEmpty()
                        ? "The lake is in order."
                        : String.join("\n", findings.values()));
        return findings.isEmpty() ? 0 : 1;
    }

    /** Asks for rights first: without them nothing else can be asked for. */
    private Map<String, String> deployed(StackOutputs outputs) {
        Map<String, String> findings = LakeRights.findings(outputs);
        if (findings.isEmpty() && outputs.find("LakeDatabaseName").isPresent()) {
            findings.putAll(lake.ask(LakeDoctorCommand::rows));
        }
        return findings;
    }

    private static Map<String, String> findings(FolderLake lake) {
        Map<String, String> findings = rows(lake);
        find(
                findings,
                lake.recordsGivenUp(),
                "records-given-up",
                "%,d records were given up: the running local cloud tries them again.");
        find(
                findings,
                lake.rowsGivenUp(),
                "rows-given-up",
                "%,d rows do not fit the table: see errors/iceberg-failed in the folder of the lake.");
        return findings;
    }

    private static Map<String, String> rows(QueriedLake lake) {
        Map<String, String> findings = new LinkedHashMap<>();
        for (LakeTable table : withKeys()) {
            long repeated =
                    lake.number(
                            "SELECT count(*) FROM (SELECT 1 FROM %s GROUP BY %s HAVING count(*) > 1)"
                                    .formatted(table.sqlName(), LakeTable.names(table.key())));
            find(
                    findings,
                    repeated,
                    "repeated-" + table.sqlName(),
                    "%,d keys of "
                            + table.sqlName()
                            + " have several rows: no settling and no job does that, report it.");
        }
        long erased = 0;
        for (LakeTable table : LakeTable.ofPeople()) {
            erased += lake.number("SELECT count(*) FROM (" + LakeSql.erased(table) + ")");
        }
        find(
                findings,
                erased,
                "erased-rows",
                "%,d rows of erased people are left: 'freshet lake settle' removes them.");
        return findings;
    }

    private static List<LakeTable> withKeys() {
        return Stream.of(LakeTable.settled(), LakeTable.ofJobs()).flatMap(List::stream).toList();
    }

    private static void find(
            Map<String, String> findings, long count, String code, String sentence) {
        if (count > 0) {
            findings.put(code, sentence.formatted(count));
        }
    }
}
