package dev.freshet.bench.setup;

import dev.freshet.event.Event;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Strengths;
import dev.freshet.event.Target;
import dev.freshet.event.UserIdentity;
import dev.freshet.event.Value;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.KeptProperties;
import dev.freshet.lake.LakeRows;
import dev.freshet.local.lake.LocalLake;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;

/**
 * Fills a lake with clicks of made-up users, and settles it: 40 clicks a user on 5,000 items, of
 * which a tenth have almost half of the clicks, evenly over the days before a time.
 *
 * @param until the time of the last click
 */
public record MadeUpLake(int rows, int days, long seed, Instant until) {
    private static final int CLICKS_OF_USER = 40;
    private static final int ITEMS = 5_000;
    private static final int ROWS_OF_FILE = 20_000;
    private static final String SHARD = "made-up/shardId-000000000000";

    /**
     * Appends the rows, and settles them.
     *
     * @param progress receives the rows that are appended
     */
    public void fill(LocalLake lake, LongConsumer progress) {
        Random random = new Random(seed);
        LakeRows form =
                new LakeRows(
                        id -> new Pseudonym(Long.parseLong(id)),
                        EventTypes.BUILT_IN,
                        Strengths.DEFAULTS::of,
                        id -> false,
                        KeptProperties.NONE);
        List<byte[]> lines = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            lines.add(line(form, i, random));
            if (lines.size() == ROWS_OF_FILE || i == rows - 1) {
                lake.append(lines);
                lines.clear();
                progress.accept(i + 1L);
            }
        }
        lake.settle(until, days + 1);
    }

    private byte[] line(LakeRows form, int number, Random random) {
        Instant at = until.minus(Duration.ofDays(days).multipliedBy(rows - number).dividedBy(rows));
        String user = Integer.toString(1 + random.nextInt(rows / CLICKS_OF_USER + 1));
        double first = random.nextDouble();
        double low = Math.min(first, random.nextDouble());
        int item = (int) (ITEMS * low * low);
        Event.Interaction click =
                new Event.Interaction(
                        EventHeader.of("e-" + number, UserIdentity.user(user), at),
                        EventType.CLICK,
                        Target.item("item-" + item),
                        Value.NONE);
        StreamRecord record =
                new StreamRecord(
                        new ShardPosition(SHARD, BigInteger.valueOf(number + 1L)),
                        user,
                        new byte[0],
                        at);
        return form.of(click, record, true).line();
    }
}
