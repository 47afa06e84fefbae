package dev.freshet.cli.lake;

import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.lake.NamedQuery;
import dev.freshet.lake.SqlRange;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code freshet lake query}: runs a query of one's own or one that comes with the product. */
@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        description = {
            "Runs SQL on the tables and views of the lake, or a named query.",
            "Without either it lists the named queries. With --stack Athena charges what a query reads."
        })
final class LakeQueryCommand implements Callable<Integer> {
    private static final int MOST_ROWS = 100_000;

    /** Days of which a named query asks unless told. */
    private static final int DAYS = 28;

    @Parameters(arity = "0..1", paramLabel = "SQL", description = "The query.")
    private @Nullable String sql;

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

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Most rows, at most 100000. Default: ${DEFAULT-VALUE}.")
    private int limit = 1_000;

    @Mixin private final LakeOption lake = new LakeOption();

    @Mixin private final Output output = new Output();

    private final InstantSource clock;

    LakeQueryCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > MOST_ROWS) {
            throw new CommandException("--limit must be between 1 and " + MOST_ROWS + ".");
        }
        if (sql != null && named != null) {
            throw new CommandException("Give SQL or --named, not both.");
        }
        String statement = sql != null ? sql : named != null ? statement(named) : list();
        QueryRows rows = lake.ask(asked -> asked.query(statement, limit));
        output.result(rows.toJson(), rows.toText());
        return 0;
    }

    private String statement(String name) {
        NamedQuery query =
                NamedQuery.ofName(name)
                        .orElseThrow(
                                () ->
                                        new CommandException(
                                                "No query is named "
                                                        + name
                                                        + "; 'freshet lake query' lists them."));
        if (query.needsItem() && item == null) {
            throw new CommandException(name + " asks about an item: give --item.");
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return query.sql(
                SqlRange.days(
                        from == null ? today.minusDays(DAYS) : from,
                        to == null ? today.plusDays(1) : to),
                item == null ? "" : item);
    }

    private static String list() {
        return Arrays.stream(NamedQuery.values())
                .map(
                        query ->
                                "('"
                                        + query.queryName()
                                        + "', '"
                                        + query.question().replace("'", "''")
                                        + "')")
                .collect(
                        Collectors.joining(
                                ", ", "SELECT * FROM (VALUES ", ") AS t (name, question)"));
    }
}
