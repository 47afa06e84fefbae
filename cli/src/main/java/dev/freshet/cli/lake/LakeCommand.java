package dev.freshet.cli.lake;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.Signer;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Secrets;
import dev.freshet.aws.Settings;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import dev.freshet.example.Pseudonym.Pseudonyms;
import dev.freshet.folder.LocalState;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.json.WireName;
import dev.freshet.lake.LakeRow;
import dev.freshet.lake.NamedQuery;
import dev.freshet.lake.SqlRange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet lake}: the history of all accepted events, as tables. */
@Command(
        name = "lake",
        mixinStandardHelpOptions = true,
        description = {
            "Queries, settles and exports the lake: every accepted event as rows of tables.",
            "Works on the lake of the local cloud, running or not, which 'freshet up --option"
                    + " lake=true' keeps, or with --stack on that of a stack on AWS."
        })
public final class LakeCommand {
    private static final int MAX_ROWS = 100_000;

    /** Days of which a named query asks unless given. */
    private static final int DAYS = 28;

    /** The days for which a deployed lake keeps arrivals. */
    private static final int ARRIVALS_DAYS = 14;

    private final InstantSource clock;

    /** Creates the command. */
    public LakeCommand(InstantSource clock) {
        this.clock = clock;
    }

    /** The options of a query that has a name. */
    static final class NamedQueryOptions {
        @Option(names = "--named", paramLabel = "N", description = "The name of a query.")
        private @Nullable String named;

        @Option(
                names = "--from",
                paramLabel = "DAY",
                description = "First day of a named query. Default: 28 days ago.")
        private @Nullable LocalDate from;

        @Option(
                names = "--to",
                paramLabel = "DAY",
                description = "Day after the last of a named query. Default: tomorrow.")
        private @Nullable LocalDate to;

        @Option(
                names = "--item",
                paramLabel = "ID",
                description = "The item that a named query asks about.")
        private @Nullable String item;

        private String sql(String name, LocalDate today) {
            NamedQuery query =
                    WireName.find(NamedQuery.class, name)
                            .orElseThrow(
                                    CommandException.saying(
                                            "No query is named %s; 'freshet lake query' lists them.",
                                            name));
            CommandException.require(
                    !query.needsItem() || item != null,
                    "%s asks about an item: give --item.",
                    name);
            return query.sql(
                    SqlRange.days(
                            from == null ? today.minusDays(DAYS) : from,
                            to == null ? today.plusDays(1) : to),
                    item == null ? "" : item,
                    1);
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Runs SQL on the tables and views of the lake, or a named query.",
                "Without either it lists the named queries. With --stack Athena charges what a query reads."
            })
    int query(
            @Parameters(arity = "0..1", paramLabel = "SQL", description = "The query.")
                    @Nullable String sql,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "1000",
                            description = "Most rows, at most 100000. Default: ${DEFAULT-VALUE}.")
                    int limit,
            @Mixin NamedQueryOptions query,
            @Mixin LakeOption lake,
            @Mixin Output output) {
        boolean allowed = limit >= 1 && limit <= MAX_ROWS;
        CommandException.require(allowed, "--limit must be between 1 and %d.", MAX_ROWS);
        CommandException.require(
                sql == null || query.named == null, "Give SQL or --named, not both.");
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        String statement =
                sql != null
                        ? sql
                        : query.named != null ? query.sql(query.named, today) : listOfQueries();
        QueryRows rows = lake.ask(asked -> asked.query(statement, limit));
        return output.result(rows.toJson(), rows.toText());
    }

    private static String listOfQueries() {
        return Arrays.stream(NamedQuery.values())
                .map(query -> List.of(query.wireName(), query.question().replace("'", "''")))
                .map(query -> "('" + String.join("', '", query) + "')")
                .collect(
                        Collectors.joining(
                                ", ", "SELECT * FROM (VALUES ", ") AS t (name, question)"));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Writes a table to a folder, one file for each day; a table without days to one"
                            + " file. Files of the same name are replaced. With --stack, files as"
                            + " Athena divides them.")
    int export(
            @Mixin LakeExport export,
            @Parameters(paramLabel = "DIR", description = "The folder, which is created.")
                    Path folder,
            @Mixin LakeOption lake,
            @Mixin Output output)
            throws IOException {
        LakeExport.Written written = export.write(folder, lake, output);
        return output.result(
                written, "%,d rows in %,d files in %s.", written.rows(), written.files(), folder);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Erases, then settles what arrived into tables with one row for each event, and"
                        + " removes days that are kept no longer.",
                "Where a local cloud runs, the dashboard shows what the named queries said then.",
                "A second run changes nothing. A deployed lake does it each night; with --stack a"
                        + " run begins at once, unless one is under way."
            })
    int settle(
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            description =
                                    "Days that settled rows are kept. Default: that of the option lakeDays.")
                    @Nullable Integer days,
            @Option(
                            names = "--purge",
                            description =
                                    "With --stack: also rewrites the files that erasures touched.")
                    boolean purge,
            @Mixin LakeOption lake,
            @Mixin Output output) {
        if (lake.outputs().isPresent()) {
            try (DeployedLake deployed = DeployedLake.of(lake.outputs().get())) {
                String run = deployed.settle(ARRIVALS_DAYS, purge);
                return output.result(
                        Map.of("execution", run),
                        "Started %s; 'freshet lake status --stack' says how it ended.",
                        run);
            }
        }
        int kept = days == null ? StackSettings.of(Map.of()).get(StackOptions.LAKE_DAYS) : days;
        return lake.with(opened -> settle(opened, lake.state(), kept, output));
    }

    private int settle(FolderLake opened, LocalState state, int kept, Output output) {
        Instant begun = clock.instant();
        long givenUp = opened.recordsGivenUp();
        FolderLake.Settled settled = opened.settle(begun, kept);
        // What was given up may be of a person who was erased: nothing is reported before it is
        // taken.
        boolean complete = false;
        Optional<LocalLakeBucket> cloud = LocalLakeBucket.of(state);
        if (cloud.isPresent()) {
            try (LocalLakeBucket bucket = cloud.get()) {
                complete = givenUp == 0;
                if (complete) {
                    bucket.tellErased(begun);
                }
                bucket.storeAnswers(opened, begun);
            }
        }
        return output.result(
                new Settling(settled, complete),
                "%,d rows inserted, %,d rows of erased people removed, %,d files written, %,d days removed.%s",
                settled.inserted(),
                settled.erased(),
                settled.rewritten(),
                settled.expired(),
                complete ? " The states of erasures know of it." : "");
    }

    /** What settling did, and whether the states of erasures know of it. */
    private record Settling(@JsonUnwrapped FolderLake.Settled settled, boolean erasuresTold) {}

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Tells the rows and days of each table, the age of the newest arrival, the"
                            + " arrivals that are repeats, and what the delivery gave up.")
    int status(@Mixin LakeOption lake, @Mixin Output output) {
        ObjectNode status =
                lake.outputs()
                        .map(outputs -> LakeStatus.deployed(outputs, lake, clock))
                        .orElseGet(() -> lake.with(opened -> LakeStatus.local(opened, clock)));
        return output.result(status, LakeStatus.text(status));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "With --stack, whether Lake Formation lets the stack have tables, also before it has a lake.",
                "Checks that settled tables have one row for each event, that no row of an erased"
                        + " person is left, and that nothing was given up.",
                "The exit code is 1 if a check fails; the output says what to do."
            })
    int doctor(@Mixin LakeOption lake, @Mixin Output output) {
        Map<String, String> findings =
                lake.outputs()
                        .map(outputs -> LakeDoctor.deployed(outputs, lake))
                        .orElseGet(() -> lake.with(LakeDoctor::local));
        output.result(
                new Health(findings.isEmpty(), findings),
                findings.isEmpty()
                        ? "The lake is in order."
                        : String.join("\n", findings.values()));
        return findings.isEmpty() ? 0 : 1;
    }

    /** What the doctor found: sentences by their codes. */
    private record Health(boolean healthy, Map<String, String> findings) {}

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Shows the rows of one user. The lake has pseudonyms only; the stack's secret,"
                        + " which this command reads from the running local cloud or the stack, says"
                        + " which is whose."
            })
    int user(
            @Parameters(paramLabel = "ID", description = "The user's id, or an anonymous id.")
                    String id,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "100",
                            description = "Most rows of each table. Default: ${DEFAULT-VALUE}.")
                    int limit,
            @Mixin LakeOption lake,
            @Mixin Output output) {
        String pseudonym = pseudonym(id, lake);
        Function<String, QueryRows> rows =
                table -> {
                    String sql =
                            ("SELECT * FROM %s i WHERE i.pseudonym = '%s' OR EXISTS (SELECT 1 FROM"
                                            + " merges m WHERE m.pseudonym = i.pseudonym AND m.merged_into ="
                                            + " '%s') ORDER BY occurred_ns DESC")
                                    .formatted(table, pseudonym, pseudonym);
                    return lake.ask(asked -> asked.query(sql, limit));
                };
        QueryRows interactions = rows.apply("interactions_now");
        QueryRows lists = rows.apply("exposures");
        return output.result(
                new Rows(pseudonym, interactions.toJson(), lists.toJson()),
                "Pseudonym %s%n%nInteractions%n%s%n%nLists shown%n%s",
                pseudonym,
                interactions.toText(),
                lists.toText());
    }

    /** The rows of one user. */
    private record Rows(String pseudonym, JsonNode interactions, JsonNode exposures) {}

    private static String pseudonym(String id, LakeOption lake) {
        Settings settings =
                lake.outputs()
                        .map(StackOutputs::variables)
                        .or(() -> lake.state().environmentWithSecret())
                        .map(Settings::from)
                        .orElseThrow(
                                CommandException.saying(
                                        "The local cloud does not run on %s: start it with 'freshet up'.",
                                        lake.state().folder()));
        try (Clients clients = new Clients(settings)) {
            String stored = new Wiring(settings).ids().apply(id);
            return LakeRow.text(
                    new Pseudonyms(new Signer(new Secrets(settings, clients).secret())).of(stored));
        }
    }
}
