package dev.freshet.cli.lake;

import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.lake.LakeSql;
import dev.freshet.lake.LakeTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What does not hold of a lake and has to: a sentence with what to do, by the code of the finding.
 */
final class LakeDoctor {
    private LakeDoctor() {}

    /** Asks for rights first: without them nothing else can be asked for. */
    static Map<String, String> deployed(StackOutputs outputs, LakeOption lake) {
        Map<String, String> findings = LakeRights.findings(outputs);
        if (findings.isEmpty() && outputs.find("LakeDatabaseName").isPresent()) {
            findings.putAll(lake.ask(LakeDoctor::rows));
        }
        return findings;
    }

    static Map<String, String> local(FolderLake lake) {
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
