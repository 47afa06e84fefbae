package dev.freshet.casestudy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.lake.FolderLake;
import dev.freshet.lake.NamedQuery;
import dev.freshet.lake.SqlRange;
import dev.freshet.local.lake.LakeSetup;
import dev.freshet.local.lake.LocalLake;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Settles the lake and asks it the named queries about the days of the replay. */
record LakeFigures(Path state, InstantSource clock, DeskdropLog log) {
    /** All but those of the results of batch jobs, of which the study runs none. */
    private static final Set<NamedQuery> ASKED =
            EnumSet.complementOf(
                    EnumSet.of(NamedQuery.NEIGHBOURS_OF, NamedQuery.SIMILAR_BY_FACTORS));

    /** Most rows of a query that are kept. */
    static final int ROWS = 10;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private LocalLake open() {
        return new LocalLake(state.resolve(LakeSetup.FOLDER));
    }

    /** Waits until everything has arrived, settles it, and asks all queries. */
    ObjectNode settled(Duration atMost) throws InterruptedException {
        long events = log.history().size() + (long) log.replay().size();
        awaitArrivals("SELECT count(*) FROM interactions_now", events, atMost);
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        try (LocalLake lake = open()) {
            figures.put("arrivals", lake.number("SELECT count(*) FROM arrivals"));
            long start = System.nanoTime();
            figures.set("settled", settle(lake));
            figures.put("settleSeconds", CaseStudy.seconds(start))
                    .put("interactions", lake.number("SELECT count(*) FROM interactions"))
                    .put("exposures", lake.number("SELECT count(*) FROM exposures"))
                    .put("items", lake.number("SELECT count(*) FROM items"))
                    .put("again", settle(lake).path("inserted").asLong())
                    .put("givenUp", lake.recordsGivenUp() + lake.rowsGivenUp());
            ObjectNode queries = figures.putObject("queries");
            for (NamedQuery query : ASKED) {
                ObjectNode answer = ask(lake, query);
                queries.set(query.queryName(), answer.put("question", query.question()));
            }
        }
        return figures;
    }

    private ObjectNode ask(LocalLake lake, NamedQuery query) {
        long start = System.nanoTime();
        String sql =
                query.sql(
                        SqlRange.days(
                                CaseStudy.day(log.begin()), CaseStudy.day(log.end()).plusDays(1)),
                        DataFigures.busiestItem(log));
        long rows = lake.number("SELECT count(*) FROM (" + sql + ")");
        return lake.query(sql, ROWS)
                .toJson()
                .put("count", rows)
                .put("seconds", CaseStudy.seconds(start));
    }

    private ObjectNode settle(LocalLake lake) {
        int kept = StackSettings.of(Map.of()).get(StackOptions.LAKE_DAYS);
        FolderLake.Settled settled = lake.settle(clock.instant(), kept);
        return JsonNodeFactory.instance
                .objectNode()
                .put("inserted", settled.inserted())
                .put("erased", settled.erased())
                .put("rewritten", settled.rewritten())
                .put("expired", settled.expired());
    }

    /** Waits until an erasure has arrived; returns the rows that it reaches, and settles it. */
    ObjectNode erased(Duration atMost) throws InterruptedException {
        awaitArrivals("SELECT count(*) FROM arrivals WHERE kind = 'erasure'", 1, atMost);
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        try (LocalLake lake = open()) {
            figures.set("reach", ask(lake, NamedQuery.ERASURE_REACH));
            figures.set("settled", settle(lake));
            figures.set("reachAfter", ask(lake, NamedQuery.ERASURE_REACH));
        }
        return figures;
    }

    /** Returns the numbers of rows of one person, by {@code freshet lake user}. */
    ObjectNode of(String user) {
        JsonNode rows =
                ProductCommand.json(
                        "lake", "user", user, "--state=" + state, "--limit=100000", "--json");
        return JsonNodeFactory.instance
                .objectNode()
                .put("interactions", rows.at("/interactions/rows").size())
                .put("exposures", rows.at("/exposures/rows").size());
    }

    private void awaitArrivals(String count, long least, Duration atMost)
            throws InterruptedException {
        long giveUp = System.nanoTime() + atMost.toNanos();
        long there = 0;
        while (System.nanoTime() < giveUp) {
            try (LocalLake lake = open()) {
                there = lake.number(count);
            }
            if (there >= least) {
                return;
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        throw new CommandException(
                "The lake has %,d of %,d rows after %d s."
                        .formatted(there, least, atMost.toSeconds()));
    }
}
