package dev.freshet.local.lake;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.local.lake.DeliveryForm.Failure;
import dev.freshet.local.lake.DeliveryForm.Source;
import dev.freshet.local.mapping.ShardBatch.ShardRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What the delivery gave up, as files with one JSON object a line in the form of Firehose. Beside
 * Firehose's own members a line has the record's position and partition key, by which the stand-in
 * passes it to the function again.
 */
record LakeErrors(Path folder, Supplier<String> ids) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A line of a file. */
    private record Line(
            int attemptsMade,
            long arrivalTimestamp,
            String errorCode,
            String errorMessage,
            long attemptEndingTimestamp,
            String rawData,
            String shardId,
            String sequenceNumber,
            String partitionKey) {
        static Line of(Failure failure, int attempts, Instant now) {
            ShardRecord record = failure.source().record();
            return new Line(
                    attempts,
                    record.arrivedAt().toEpochMilli(),
                    failure.code(),
                    failure.message(),
                    now.toEpochMilli(),
                    failure.data(),
                    failure.source().shard(),
                    record.sequenceNumber().toString(),
                    record.partitionKey());
        }

        Source source() {
            return new Source(
                    shardId,
                    new ShardRecord(
                            new BigInteger(sequenceNumber),
                            partitionKey,
                            rawData,
                            Instant.ofEpochMilli(arrivalTimestamp)));
        }
    }

    /** Writes failures, one file for each kind. */
    void put(List<Failure> failures, int attempts, Instant now) {
        failures.stream()
                .collect(
                        Collectors.groupingBy(
                                Failure::kind,
                                LinkedHashMap::new,
                                Collectors.mapping(
                                        failure ->
                                                JSON.valueToTree(Line.of(failure, attempts, now))
                                                        + "\n",
                                        Collectors.joining())))
                .forEach(
                        (kind, lines) ->
                                LakeFolder.replace(
                                        folder.resolve(kind).resolve(ids.get() + ".json"),
                                        fresh -> Files.writeString(fresh, lines)));
    }

    /** Returns the files of records that were not transformed, oldest first by their names. */
    List<Path> open() {
        return LakeFolder.list(folder.resolve(Failure.PROCESSING));
    }

    /** Returns the number of lines of one kind. */
    static long count(Path folder, String kind) {
        long lines = 0;
        for (Path file : LakeFolder.list(folder.resolve(kind))) {
            lines += lines(file).size();
        }
        return lines;
    }

    /** Removes the files of rows that broke a rule and were written before a time. */
    static void removeRows(Path folder, Instant before) {
        LakeFolder.delete(
                LakeFolder.list(folder.resolve(Failure.DELIVERY)).stream()
                        .filter(file -> writtenAt(file).isBefore(before))
                        .toList());
    }

    private static Instant writtenAt(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the records of a file. */
    static List<Source> read(Path file) {
        List<Source> sources = new ArrayList<>();
        for (String line : lines(file)) {
            try {
                sources.add(JSON.readValue(line, Line.class).source());
            } catch (IOException e) {
                throw new UncheckedIOException(file + " was not written by the delivery", e);
            }
        }
        return sources;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
