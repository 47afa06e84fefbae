package dev.freshet.aws.dynamodb;

import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.NewestVersion;
import dev.freshet.store.ObjectStore;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * The model logs of a stack in DynamoDB, the row that names the current model, and the copies of
 * the row that names its newest version. Without the first the current model is the one that the
 * stack was deployed with. {@link #glance} and {@link #newest} cost half a read unit, {@link #head}
 * one, {@link #announce} one write unit a copy.
 */
public final class DynamodbModelLogs implements ModelLogs {
    private static final String STORE = "The Models table";
    private static final String REVISION = "revision";

    private final DynamoDbEnhancedClient client;
    private final String tableName;
    private final ObjectStore objects;
    private final String modelId;
    private final InstantSource clock;
    private final Rows<Row> table;
    private final NewestVersionRows newest;

    /**
     * Creates the adapter for one stack.
     *
     * @param modelId the model that the stack was deployed with
     * @param newestCopies copies of the row of the newest version, each under a key of its own
     */
    public DynamodbModelLogs(
            DynamoDbEnhancedClient client,
            String tableName,
            ObjectStore objects,
            String modelId,
            int newestCopies,
            InstantSource clock) {
        this.client = client;
        this.tableName = tableName;
        this.objects = objects;
        this.modelId = modelId;
        this.clock = clock;
        this.table = Rows.of(client, tableName, Row.SCHEMA, STORE);
        this.newest = new NewestVersionRows(client, tableName, STORE, modelId, newestCopies);
    }

    @Override
    public Head glance() {
        return read(false);
    }

    @Override
    public Head head() {
        return read(true);
    }

    private Head read(boolean consistent) {
        return table.get(Rows.key(partition(), 0), consistent)
                .map(Row::head)
                .orElse(Head.first(modelId));
    }

    private String partition() {
        return modelId + TableKeys.HEAD_SUFFIX;
    }

    @Override
    public boolean move(Head from, Head to) {
        Conditions unmoved =
                from.revision() == 0
                        ? Conditions.absent(REVISION)
                        : Conditions.equal(REVISION, from.revision());
        return table.put(Row.of(partition(), to), unmoved);
    }

    @Override
    public Optional<NewestVersion> newest() {
        return newest.read();
    }

    @Override
    public void announce(NewestVersion announced) {
        newest.write(announced);
    }

    @Override
    public ModelLog log(String id) {
        return new DynamodbModelLog(client, tableName, objects, id, clock);
    }

    private record Row(
            String modelId,
            long version,
            String current,
            @Nullable String next,
            String reached,
            long revision) {
        static final TableSchema<Row> SCHEMA =
                RowSchema.of(Row.class, TableKeys.MODEL_ID, TableKeys.VERSION);

        static Row of(String partition, Head head) {
            return new Row(
                    partition,
                    0,
                    head.current(),
                    head.next().orElse(null),
                    head.reached().toString(),
                    head.revision());
        }

        Head head() {
            return new Head(current, Optional.ofNullable(next), new BigInteger(reached), revision);
        }
    }
}
