package dev.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of resent events and of erased people in Iceberg tables. */
class IcebergPurgeTest {
    @TempDir private Path warehouse;

    @Test
    void resentEventsHaveOneRowAndErasedPeopleNoByteAfterAPurge() throws IOException {
        try (IcebergLake lake = new IcebergLake(warehouse)) {
            lake.fill();
            List<String> since = IcebergLake.lines("arrivals-since.jsonl");
            lake.append("arrivals", since);
            lake.append("arrivals", since); // the delivery repeats a batch
            Set<String> before = people(lake);
            assertThat(inFiles(before)).isEqualTo(before);

            lake.settle();

            assertOneRowEach(lake, "interactions", "'interaction', 'retraction'");
            assertOneRowEach(lake, "exposures", "'exposure'");
            Set<String> left = people(lake);
            assertThat(left).isNotEmpty().hasSizeLessThan(before.size());
            assertThat(inFiles(before)).as("before the purge").isEqualTo(before);

            lake.purge();

            assertThat(inFiles(before)).as("after the purge").isEqualTo(left);
            assertThat(people(lake)).isEqualTo(left);
        }
    }

    private static void assertOneRowEach(IcebergLake lake, String table, String kinds) {
        Row arrived =
                lake.spark
                        .sql(
                                "SELECT count(*), count(DISTINCT pseudonym, event_id, occurred_ns)"
                                        + " FROM arrivals WHERE kind IN ("
                                        + kinds
                                        + ")")
                        .first();
        assertThat(arrived.getLong(0)).as("arrived").isGreaterThan(arrived.getLong(1));
        assertThat(lake.rows(table)).hasSize((int) arrived.getLong(1));
    }

    /** Returns the pseudonyms that the tables answer. */
    private static Set<String> people(IcebergLake lake) {
        return new HashSet<>(
                IcebergLake.texts(
                                lake.spark.sql(
                                        "SELECT pseudonym FROM arrivals WHERE pseudonym IS NOT NULL"
                                                + " UNION SELECT pseudonym FROM interactions"
                                                + " UNION SELECT pseudonym FROM exposures"
                                                + " UNION SELECT pseudonym FROM merges"))
                        .toList());
    }

    /** Returns those of these pseudonyms whose bytes are in a file of data or of metadata. */
    private Set<String> inFiles(Set<String> people) throws IOException {
        Set<String> found = new HashSet<>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(warehouse)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            String text =
                    file.toString().endsWith(".avro")
                            ? avro(file)
                            : Files.readString(file, StandardCharsets.ISO_8859_1);
            people.stream().filter(text::contains).forEach(found::add);
        }
        return found;
    }

    /** Returns the records of a manifest, which holds the least and greatest values of files. */
    private static String avro(Path file) throws IOException {
        List<String> records = new ArrayList<>();
        try (DataFileReader<GenericRecord> reader =
                new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
            reader.forEach(record -> records.add(record.toString()));
        }
        return String.join("\n", records);
    }
}
