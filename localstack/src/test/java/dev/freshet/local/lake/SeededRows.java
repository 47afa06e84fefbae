package dev.freshet.local.lake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.FormatMethod;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a lake by a seed: twelve days of lists, interactions that were resent, retracted, late
 * and of people who were merged and erased, and a day that arrives after the tables were settled.
 */
final class SeededRows {
    /** When the tables are settled, between {@link #settled} and {@link #since}. */
    static final Instant SETTLED_AT = Instant.parse("2026-11-14T00:00:00Z");

    private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");
    private static final int PEOPLE = 14;
    private static final int ITEMS = 9;
    private static final List<String> TYPES = List.of("click", "view", "purchase", "dislike");

    /** Rows that arrived before the tables were settled. */
    final List<String> settled = new ArrayList<>();

    /** Rows that arrived since. */
    final List<String> since = new ArrayList<>();

    /** The catalogue. */
    final List<String> items = new ArrayList<>();

    /** Rows of the tables of jobs. */
    final List<String> neighbours = new ArrayList<>();

    final List<String> factors = new ArrayList<>();

    private final Random random;
    private List<String> rows = settled;
    private int sequence;
    private int ids;

    /** The two items of the latest list. */
    private List<Integer> shown = List.of();

    SeededRows(long seed) {
        random = new Random(seed);
        for (int item = 0; item < ITEMS + 2; item++) {
            items.add(item(item));
        }
        for (int day = 0; day < 12; day++) {
            if (day == 9) {
                erase(1, START.plus(Duration.ofDays(9)));
            }
            day(START.plus(Duration.ofDays(day)));
        }
        merge(12, 0);
        merge(13, 3);
        merge(12, 4); // without effect: the first one decides
        rows = since;
        erase(2, SETTLED_AT);
        day(SETTLED_AT);
        for (int item = 0; item < ITEMS; item++) {
            job(item);
        }
    }

    private void job(int item) {
        for (int step = 1; step <= 3; step++) {
            neighbours.add(
                    json(
                            "{\"job\":\"j\",\"item_id\":\"i%d\",\"neighbour_id\":\"i%d\",\"weight\":%.9f,\"people\":%d}",
                            item,
                            (item + step) % ITEMS,
                            random.nextDouble(),
                            3 + random.nextInt(5)));
        }
        factors.add(
                json(
                        "{\"job\":\"j\",\"item_id\":\"i%d\",\"vector\":[%.3f,%.3f,%.3f]}",
                        item, random.nextGaussian(), random.nextGaussian(), random.nextGaussian()));
    }

    private String item(int item) {
        return json(
                "{\"item_id\":\"i%d\",\"version\":%d,\"type\":\"article\",\"title\":\"Item %d\",\"tags\":[\"t%d\",\"t%d\"],\"published_at\":%d,\"deleted\":%b}",
                item,
                1 + item,
                item,
                item % 3,
                3 + item % 2,
                micros(START.plus(Duration.ofHours(5L * item)).minusSeconds(40)),
                item == 5);
    }

    private void day(Instant day) {
        for (int person = 0; person < PEOPLE; person++) {
            if (random.nextInt(3) == 0) {
                continue;
            }
            Instant at = time(day);
            String list = exposure(person, at);
            for (int n = random.nextInt(3); n >= 0; n--) {
                String event = interaction(person, time(day), random.nextInt(4) == 0 ? null : list);
                if (random.nextInt(8) == 0) {
                    retraction(person, time(day), event);
                }
            }
        }
    }

    private Instant time(Instant day) {
        return day.plusSeconds(random.nextInt(80_000)).plusNanos(random.nextInt(999_999) * 1_000L);
    }

    private String exposure(int person, Instant at) {
        String list = "r" + ++ids;
        int first = random.nextInt(ITEMS);
        shown = List.of(first, (first + 1 + random.nextInt(ITEMS - 1)) % ITEMS);
        List<String> places = new ArrayList<>();
        for (int place = 0; place < shown.size(); place++) {
            places.add(
                    json(
                            "{\"item_id\":\"i%d\",\"position\":%d,\"propensity\":%.6f,\"sources\":%d,\"drawn\":%b,\"newcomer\":false}",
                            shown.get(place),
                            place,
                            0.05 + 0.9 * random.nextDouble(),
                            1 + random.nextInt(7),
                            random.nextBoolean()));
        }
        row(
                "exposure",
                person,
                list,
                at,
                json(
                        "\"recommendation_id\":\"%s\",\"placement\":\"%s\",%s\"model_version\":%d,\"places\":[%s]",
                        list,
                        random.nextBoolean() ? "home" : "item",
                        switch (random.nextInt(3)) {
                            case 0 -> "";
                            case 1 -> "\"arm\":\"exp:a\",";
                            default -> "\"arm\":\"exp:b\",";
                        },
                        7 + random.nextInt(2),
                        String.join(",", places)));
        return list;
    }

    private String interaction(int person, Instant at, @Nullable String list) {
        String event = "e" + ++ids;
        String type = TYPES.get(random.nextInt(TYPES.size()));
        boolean ofItem = random.nextInt(10) > 0;
        row(
                "interaction",
                person,
                event,
                at,
                json(
                        "\"type\":\"%s\",\"target_kind\":\"%s\",\"target_id\":\"%s%d\",\"strength\":%d%s",
                        type,
                        ofItem ? "item" : "tag",
                        ofItem ? "i" : "t",
                        !ofItem
                                ? random.nextInt(5)
                                : list == null
                                        ? random.nextInt(ITEMS)
                                        : shown.get(random.nextInt(shown.size())),
                        type.equals("dislike") ? -1 : 1 + random.nextInt(4),
                        list == null ? "" : ",\"recommendation_id\":\"" + list + "\""));
        return event;
    }

    private void retraction(int person, Instant at, String event) {
        row(
                "retraction",
                person,
                "e" + ++ids,
                at,
                "\"type\":\"click\",\"retracts\":\"" + event + "\"");
    }

    private void merge(int alias, int user) {
        rows.add(
                json(
                        "{\"kind\":\"merge\",\"pseudonym\":\"%s\",\"merged_into\":\"%s\",\"corrected_at\":%d,%s}",
                        pseudonym(alias),
                        pseudonym(user),
                        micros(SETTLED_AT),
                        position(SETTLED_AT)));
    }

    private void erase(int person, Instant at) {
        rows.add(
                json(
                        "{\"kind\":\"erasure\",\"erased\":\"%s\",\"erasure_id\":\"x%d\",\"erased_at\":%d,%s}",
                        digest(pseudonym(person)), person, micros(at), position(at)));
    }

    /** Adds a row, and one in six times its resend, up to a day and a half later. */
    private void row(String kind, int person, String event, Instant at, String own) {
        Instant received =
                at.plusMillis(20 + random.nextInt(3_000))
                        .plusSeconds(random.nextInt(20) == 0 ? 100_000 : 0);
        String occurred =
                json(
                        "\"pseudonym\":\"%s\",\"event_id\":\"%s\",\"occurred_ns\":%d,\"occurred_at\":%d,\"corrected_at\":%d,%s",
                        pseudonym(person),
                        event,
                        micros(at) * 1_000 + random.nextInt(1_000),
                        micros(at),
                        micros(at),
                        own);
        rows.add("{\"kind\":\"%s\",%s,%s}".formatted(kind, occurred, position(received)));
        if (random.nextInt(6) == 0) {
            rows.add(
                    "{\"kind\":\"%s\",%s,%s}"
                            .formatted(
                                    kind,
                                    occurred,
                                    position(received.plusSeconds(random.nextInt(130_000)))));
        }
    }

    private String position(Instant received) {
        return json(
                "\"received_at\":%d,\"transformed_at\":%d,\"shard\":\"events/%d\",\"sequence\":\"%060d\"",
                micros(received),
                micros(received.plusMillis(30_000 + random.nextInt(90_000))),
                random.nextInt(2),
                ++sequence);
    }

    /** Lets them arrive in a lake whose percentiles are exact, as Spark's of so few rows are. */
    void putInto(LocalLake lake) {
        lake.run("DROP MACRO approx_percentile");
        lake.run("CREATE MACRO approx_percentile(x, share) AS quantile_disc(x, share)");
        lake.append(bytes(settled));
        lake.replaceItems(bytes(items));
        lake.settle(SETTLED_AT, 400);
        lake.append(bytes(since));
    }

    private static List<byte[]> bytes(List<String> lines) {
        return lines.stream().map(line -> (line + "\n").getBytes(UTF_8)).toList();
    }

    /** Returns the pseudonym of a person. */
    static String pseudonym(int person) {
        return digest("person " + person).substring(0, 16);
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @FormatMethod
    private static String json(String form, Object... values) {
        return String.format(Locale.ROOT, form, values);
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }
}
