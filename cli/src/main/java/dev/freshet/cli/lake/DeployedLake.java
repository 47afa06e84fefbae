package dev.freshet.cli.lake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.aws.Athena;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.cli.connection.StateMachine;
import dev.freshet.cli.lake.QueriedLake.LakeFileFormat;
import dev.freshet.console.CommandException;
import dev.freshet.console.PrivateFiles;
import dev.freshet.lake.LakeReader;
import dev.freshet.lake.LakeReader.Cursor;
import dev.freshet.lake.LakeSql;
import dev.freshet.lake.ResultCsv;
import dev.freshet.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.paginators.ListObjectsV2Iterable;

/**
 * The lake of a stack on AWS, asked with the rights of the caller: queries by Athena, files from
 * its bucket, and runs of its state machine.
 */
public final class DeployedLake implements QueriedLake, AutoCloseable {
    /** The longest that a statement is waited for, which is the longest that Athena lets it run. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final Clients clients;
    private final String bucket;
    private final StateMachine nights;
    private final Athena athena;

    /** Creates the lake, which closes the clients with itself. */
    DeployedLake(Clients clients, StackOutputs outputs, Athena.Pause pause) {
        this.clients = clients;
        this.bucket = output(outputs, "LakeBucketName");
        this.nights = new StateMachine(clients, output(outputs, "LakeNightArn"));
        this.athena =
                new Athena(
                        clients.signed(Settings.Service.ATHENA, "athena"),
                        output(outputs, "LakeWorkgroupName"),
                        output(outputs, "LakeDatabaseName"),
                        pause);
    }

    /**
     * Opens the lake of a stack.
     *
     * @throws CommandException if the stack has none
     */
    public static DeployedLake of(StackOutputs outputs) {
        return new DeployedLake(
                new Clients(Settings.from(outputs.variables())), outputs, Thread::sleep);
    }

    private static String output(StackOutputs outputs, String name) {
        return outputs.require(name, "has no lake: deploy it with -c lake=true.");
    }

    @Override
    public QueryRows query(String sql, int limit) {
        return asked(
                () -> {
                    Athena.Finished finished = athena.run(sql, PATIENCE);
                    Athena.Page page = athena.page(finished, Optional.empty());
                    List<List<@Nullable String>> rows = new ArrayList<>(page.rows());
                    Optional<String> next = page.next();
                    while (next.isPresent() && rows.size() <= limit) {
                        Athena.Page more = athena.page(finished, next);
                        rows.addAll(more.rows());
                        next = more.next();
                    }
                    boolean more = rows.size() > limit;
                    return QueryRows.ofTexts(
                            page.columns(),
                            page.types(),
                            rows.subList(0, Math.min(limit, rows.size())),
                            more);
                });
    }

    /**
     * Starts a run of the state machine that settles and erases, and returns its name. It does
     * nothing if one is under way.
     *
     * @param purge whether files that erasures touched are rewritten
     */
    public String settle(int days, boolean purge) {
        return nights.start(
                JsonNodeFactory.instance.objectNode().put("days", days).put("purge", purge));
    }

    /** Returns the latest run of the state machine; empty if there was none. */
    public Optional<StateMachine.Execution> latestNight() {
        return nights.latest();
    }

    /** Returns the number of objects with what went astray, up to 1,000. */
    public int objectsAstray() {
        return clients.s3()
                .listObjectsV2(request -> request.bucket(bucket).prefix("errors/"))
                .keyCount();
    }

    /**
     * Writes the result of a query to files of a folder, and returns them.
     *
     * @param name the beginning of the names of the files
     */
    public List<Path> export(String select, String name, LakeFileFormat format, Path folder) {
        return asked(
                () ->
                        switch (format) {
                            case CSV -> List.of(result(select, folder, name + ".csv"));
                            case PARQUET -> unload(select, name, folder, "parquet", "PARQUET");
                            case JSONL -> unload(select, name, folder, "jsonl", "JSON");
                        });
    }

    /**
     * Returns a reader of results of any length, each of which Athena writes whole before it is
     * fetched to a temporary file. Closing it closes this lake.
     */
    public LakeReader reader() {
        return new LakeReader() {
            @Override
            public LakeSql.Engine engine() {
                return LakeSql.Engine.ATHENA;
            }

            @Override
            public Cursor query(String sql) {
                try {
                    Path folder = Files.createTempDirectory("freshet-lake");
                    folder.toFile().deleteOnExit();
                    return new AthenaCsv(result(sql, folder, "rows.csv"));
                } catch (Athena.StatementFailedException refused) {
                    throw new CommandException(refused);
                } catch (IOException | SdkException later) {
                    throw new StoreUnavailableException("The lake", later);
                }
            }

            @Override
            public void close() {
                DeployedLake.this.close();
            }
        };
    }

    private Path result(String sql, Path folder, String name) throws IOException {
        return download("results/" + athena.run(sql, PATIENCE).id() + ".csv", folder, name);
    }

    private List<Path> unload(
            String select, String name, Path folder, String ending, String athenaFormat)
            throws IOException {
        String prefix = "results/" + UUID.randomUUID() + "/";
        String compression = athenaFormat.equals("JSON") ? "NONE" : "ZSTD";
        athena.run(
                "UNLOAD (%s)\nTO 's3://%s/%s'\nWITH (format = '%s', compression = '%s')"
                        .formatted(select, bucket, prefix, athenaFormat, compression),
                PATIENCE);
        List<Path> files = new ArrayList<>();
        ListObjectsV2Iterable objects =
                clients.s3()
                        .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix));
        for (S3Object object : objects.contents()) {
            String file = "%s-%d.%s".formatted(name, files.size() + 1, ending);
            files.add(download(object.key(), folder, file));
        }
        return files;
    }

    private Path download(String key, Path folder, String name) throws IOException {
        PrivateFiles.folder(folder);
        Path file = folder.resolve(name);
        return clients.s3()
                .getObject(request -> request.bucket(bucket).key(key), PrivateFiles.receive(file));
    }

    private interface Question<T> {
        T ask() throws IOException;
    }

    private static <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (IOException refused) {
            throw new CommandException(refused);
        }
    }

    @Override
    public void close() {
        clients.close();
    }

    /** The rows of a query's result in a file, without the names of its columns. */
    static final class AthenaCsv implements LakeReader.Cursor {
        private final Path file;
        private final ResultCsv in;

        /**
         * Opens a result.
         *
         * @param file is deleted when this is closed
         */
        AthenaCsv(Path file) throws IOException {
            this.file = file;
            this.in = new ResultCsv(Files.newBufferedReader(file));
            in.next();
        }

        @Override
        public @Nullable List<@Nullable String> next() {
            try {
                return in.next();
            } catch (IOException broken) {
                throw new StoreUnavailableException("The result of a query", broken);
            }
        }

        @Override
        public void close() {
            try {
                in.close();
                Files.deleteIfExists(file);
            } catch (IOException broken) {
                throw new StoreUnavailableException("The result of a query", broken);
            }
        }
    }
}
