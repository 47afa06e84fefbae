package dev.freshet.lake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.store.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Takes again what the delivery stream gave up: records that were never transformed, and rows that
 * were never delivered. Their rows are laid below {@link #STAGING}, from where they are inserted
 * into {@link LakeTable#ARRIVALS}. A run that ends early and begins again stages an object again
 * under its name.
 *
 * <p>Firehose writes one JSON object a line, with the bytes in the member {@code rawData} in base
 * 64, and without the position of the record: the position of such a row is that of its line.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-failure-handling.html">Handle
 *     failure in data transformation</a>
 * @param partitionKeys returns the partition key of an encoded event; empty if it cannot be read
 */
public record LakeRedrive(
        ObjectStore objects,
        LakeFlow flow,
        Function<byte[], Optional<String>> partitionKeys,
        InstantSource clock) {
    /** Where Firehose lays what it gave up. */
    public static final String ERRORS = "errors/";

    /** Where rows wait for their insertion, one JSON object a line. */
    public static final String STAGING = "staging/";

    /** Most objects of one run. */
    public static final int MAX_OBJECTS = 1_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a row begins with; an event begins with another byte. */
    private static final byte ROW = '{';

    private static final byte[] EMPTY = {};

    /**
     * What a run did.
     *
     * @param objects taken
     * @param rows staged
     * @param dropped records that leave no row
     * @param unreadable objects that Firehose did not write, which stay
     * @param more whether objects are left for another run
     * @param codes how many records were given up for which reason, by Firehose's error code, such
     *     as {@code Iceberg.MissingColumnWithinRecord}
     */
    public record Result(
            int objects,
            int rows,
            int dropped,
            int unreadable,
            boolean more,
            SortedMap<String, Integer> codes) {}

    /**
     * Takes objects again until none is left, {@value #MAX_OBJECTS} are done or the time is up.
     *
     * @param deadline no further object is begun from here on
     * @throws dev.freshet.store.StoreUnavailableException if a store did not answer; what was
     *     staged until then stays
     */
    public Result run(Instant deadline) {
        int done = 0;
        int rows = 0;
        int dropped = 0;
        int unreadable = 0;
        SortedMap<String, Integer> codes = new TreeMap<>();
        List<String> keys = objects.keys(ERRORS, MAX_OBJECTS);
        for (String key : keys) {
            if (!clock.instant().isBefore(deadline)) {
                break;
            }
            Optional<Given> given = read(key);
            if (given.isEmpty()) {
                unreadable++;
                continue;
            }
            Given taken = given.get();
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            int kept = taken.rows().size();
            taken.rows().forEach(lines::writeBytes);
            for (LakeFlow.Transformed transformed : flow.transform(taken.records(), deadline)) {
                if (transformed instanceof LakeFlow.Kept(LakeRow row)) {
                    lines.writeBytes(row.line());
                    kept++;
                }
            }
            if (kept > 0) {
                objects.put(
                        STAGING + key.substring(ERRORS.length()) + ".jsonl", lines.toByteArray());
            }
            objects.remove(key);
            done++;
            taken.codes().forEach(code -> codes.merge(code, 1, Integer::sum));
            rows += kept;
            dropped += taken.lines() - kept;
        }
        return new Result(
                done,
                rows,
                dropped,
                unreadable,
                done + unreadable < keys.size() || keys.size() == MAX_OBJECTS,
                codes);
    }

    /**
     * The content of an object.
     *
     * @param rows that were not delivered, each a line
     * @param records that were not transformed and are events
     * @param codes why, of all lines
     */
    private record Given(List<byte[]> rows, List<StreamRecord> records, List<String> codes) {
        int lines() {
            return codes.size();
        }
    }

    /** Returns the content of an object, or empty if it is not one that Firehose writes. */
    private Optional<Given> read(String key) {
        List<byte[]> rows = new ArrayList<>();
        List<StreamRecord> records = new ArrayList<>();
        List<String> codes = new ArrayList<>();
        for (String line : new String(objects.get(key).orElse(EMPTY), UTF_8).lines().toList()) {
            JsonNode failure;
            byte[] data;
            try {
                failure = JSON.readTree(line);
                data = failure.path("rawData").binaryValue();
            } catch (IOException broken) {
                return Optional.empty();
            }
            if (data == null) {
                return Optional.empty();
            }
            codes.add(failure.path("errorCode").asText("unknown"));
            if (data.length > 0 && data[0] == ROW) {
                rows.add((new String(data, UTF_8).strip() + "\n").getBytes(UTF_8));
                continue;
            }
            ShardPosition position = new ShardPosition(key, BigInteger.valueOf(codes.size()));
            Instant arrivedAt = Instant.ofEpochMilli(failure.path("arrivalTimestamp").asLong());
            partitionKeys
                    .apply(data)
                    .map(id -> new StreamRecord(position, id, data, arrivedAt))
                    .ifPresent(records::add);
        }
        return Optional.of(new Given(rows, records, codes));
    }
}
