package dev.freshet.cli.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.aws.Athena;
import dev.freshet.aws.Clients;
import dev.freshet.aws.JsonService;
import dev.freshet.aws.Settings;
import dev.freshet.aws.SignedHttp;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.console.CommandException;
import dev.freshet.lake.LakeSql;
import dev.freshet.lake.LakeTable;
import dev.freshet.lake.SqlRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What does not hold of a lake and has to: a sentence with what to do, by the code of the finding.
 */
final class LakeDoctor {
    private LakeDoctor() {}

    /**
     * Asks for rights first: without them nothing else can be asked for. Of arrivals the nights
     * leave those of their day, so that before tonight those of yesterday may be left too.
     */
    static Map<String, String> deployed(StackOutputs outputs, LakeOption lake) {
        Map<String, String> findings = LakeRights.findings(outputs);
        if (findings.isEmpty() && outputs.find("LakeDatabaseName").isPresent()) {
            String yesterday = SqlRange.daysAgo(1, 0).from();
            findings.putAll(lake.ask(each -> rows(each, yesterday)));
        }
        return findings;
    }

    static Map<String, String> local(FolderLake lake) {
        Map<String, String> findings = rows(lake, SqlRange.EVER.to());
        String again = "records were given up: the running local cloud tries them again.";
        find(findings, lake.recordsGivenUp(), "records-given-up", again);
        String unfit =
                "rows do not fit the table: see errors/iceberg-failed in the folder of the lake.";
        find(findings, lake.rowsGivenUp(), "rows-given-up", unfit);
        return findings;
    }

    /**
     * Asks for what no table may have.
     *
     * @param before when the first arrivals were received of which erased rows may be left
     */
    static Map<String, String> rows(QueriedLake lake, String before) {
        Map<String, String> findings = new LinkedHashMap<>();
        List<LakeTable> withKeys = new ArrayList<>(LakeTable.settled());
        withKeys.addAll(LakeTable.ofJobs());
        for (LakeTable table : withKeys) {
            String name = table.sqlName();
            String repeated =
                    "SELECT count(*) FROM (SELECT 1 FROM %s GROUP BY %s HAVING count(*) > 1)"
                            .formatted(name, LakeTable.names(table.key()));
            find(
                    findings,
                    lake.number(repeated),
                    "repeated-" + name,
                    "keys of %s have several rows: no settling and no job does that, report it."
                            .formatted(name));
        }
        long erased =
                LakeTable.ofPeople().stream()
                        .mapToLong(
                                table ->
                                        lake.number(
                                                "SELECT count(*) FROM %s WHERE %s"
                                                        .formatted(
                                                                table.sqlName(),
                                                                LakeSql.deletable(table, before))))
                        .sum();
        String left = "rows of erased people are left: 'freshet lake settle' removes them.";
        find(findings, erased, "erased-rows", left);
        return findings;
    }

    private static void find(
            Map<String, String> findings, long count, String code, String sentence) {
        if (count > 0) {
            findings.put(code, "%,d %s".formatted(count, sentence));
        }
    }

    /**
     * Whether the rights of IAM suffice for the lake of a stack. Where Lake Formation governs an
     * account, they do not: a database and its tables then need a grant.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/lake-formation/latest/dg/change-settings.html">Changing
     *     the default settings for your data lake</a>
     */
    public static final class LakeRights {
        private static final JsonMapper JSON = new JsonMapper();
        private static final String EVERYBODY_OF_IAM = "IAM_ALLOWED_PRINCIPALS";
        private static final int OK = 200;

        private LakeRights() {}

        /**
         * Returns what is missing, a sentence with the command to run by the code of the finding. A
         * stack without a lake is asked for the defaults of its account alone.
         */
        public static Map<String, String> findings(StackOutputs outputs) {
            try (Clients clients = new Clients(Settings.from(outputs.variables()))) {
                return findings(clients, outputs);
            }
        }

        static Map<String, String> findings(Clients clients, StackOutputs outputs) {
            Map<String, String> findings = new LinkedHashMap<>();
            String database =
                    outputs.find("LakeDatabaseName").orElse(Athena.databaseName(outputs.stack()));
            try {
                if (!givesTablesToIam(
                        clients.signed(Settings.Service.LAKEFORMATION, "lakeformation"))) {
                    findings.put(
                            "lake-formation-defaults",
                            "Lake Formation gives new tables of this account to nobody, so the rights of IAM do"
                                    + " not suffice. "
                                    + grants(database));
                }
            } catch (IOException refused) {
                findings.put(
                        "lake-formation-unknown",
                        "The settings of Lake Formation could not be read (lakeformation:GetDataLakeSettings): "
                                + refused.getMessage());
            }
            if (outputs.find("LakeDatabaseName").isPresent()) {
                table(clients, database, findings);
            }
            return findings;
        }

        private static boolean givesTablesToIam(SignedHttp lakeFormation) throws IOException {
            SignedHttp.Response response =
                    lakeFormation.post("/GetDataLakeSettings", Map.of(), "{}");
            JsonNode body = JSON.readTree(response.body());
            if (response.status() != OK) {
                throw new IOException("status " + response.status());
            }
            return body.at("/DataLakeSettings/CreateTableDefaultPermissions")
                    .findValuesAsText("DataLakePrincipalIdentifier")
                    .contains(EVERYBODY_OF_IAM);
        }

        private static void table(Clients clients, String database, Map<String, String> findings) {
            JsonService glue =
                    new JsonService(
                            clients.signed(Settings.Service.GLUE, "glue"), "AWSGlue", "1.1");
            try {
                glue.call(
                        "GetTable",
                        JSON.createObjectNode()
                                .put("DatabaseName", database)
                                .put("Name", "arrivals"));
            } catch (JsonService.RefusedException refused) {
                findings.put(
                        "no-table",
                        refused.code().equals("EntityNotFoundException")
                                ? "There is no table arrivals in %s: deploy the stack again."
                                        .formatted(database)
                                : "The table arrivals cannot be read: %s %s"
                                        .formatted(refused.getMessage(), grants(database)));
            } catch (IOException noAnswer) {
                throw new CommandException(
                        "Glue did not answer: " + noAnswer.getMessage(), noAnswer);
            }
        }

        private static String grants(String database) {
            String grant =
                    "aws lakeformation grant-permissions --principal"
                            + " DataLakePrincipalIdentifier="
                            + EVERYBODY_OF_IAM
                            + " --permissions ALL --resource ";
            return ("An administrator of Lake Formation runs: %s'{\"Database\":{\"Name\":\"%s\"}}' and"
                            + " %s'{\"Table\":{\"DatabaseName\":\"%s\",\"TableWildcard\":{}}}'")
                    .formatted(grant, database, grant, database);
        }
    }
}
