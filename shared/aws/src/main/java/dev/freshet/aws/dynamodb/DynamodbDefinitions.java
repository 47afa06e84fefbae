package dev.freshet.aws.dynamodb;

import dev.freshet.experiment.DefinitionStore;
import dev.freshet.experiment.StoredDefinition;
import dev.freshet.experiment.StoredDefinition.Change;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * The definitions of experiments in DynamoDB. Reads are consistent. Listing scans the table, at one
 * read unit for each 4 KB: at most 800 for 200 definitions of 16 KB.
 */
public final class DynamodbDefinitions implements DefinitionStore {
    private static final String STORE = "The Experiments table";

    private final Rows<Row> table;

    public DynamodbDefinitions(DynamoDbEnhancedClient client, String tableName) {
        this.table = Rows.of(client, tableName, Row.SCHEMA, STORE);
    }

    @Override
    public Optional<StoredDefinition> get(String id) {
        return table.get(Rows.key(id)).map(Row::definition);
    }

    @Override
    public List<StoredDefinition> list() {
        return table.all(
                rows ->
                        rows.map(Row::definition)
                                .sorted(Comparator.comparing(StoredDefinition::id))
                                .toList());
    }

    @Override
    public boolean put(StoredDefinition definition, long seen) {
        Conditions condition =
                seen == ABSENT ? Conditions.absent(TableKeys.EXPERIMENT_ID) : ofRevision(seen);
        return table.put(
                new Row(
                        definition.id(),
                        definition.revision(),
                        definition.document(),
                        definition.changes()),
                condition);
    }

    @Override
    public boolean delete(String id, long seen) {
        return table.delete(Rows.key(id), ofRevision(seen));
    }

    private static Conditions ofRevision(long revision) {
        return Conditions.equal(Row.REVISION, revision);
    }

    /**
     * A row of Experiments: the document of a definition or a rule, its revision for conditions,
     * and the log of an experiment.
     */
    private record Row(
            String experimentId, long revision, String document, @Nullable List<Change> changes) {
        static final String REVISION = "revision";

        static final TableSchema<Row> SCHEMA = RowSchema.of(Row.class, TableKeys.EXPERIMENT_ID);

        StoredDefinition definition() {
            return new StoredDefinition(
                    experimentId, document, revision, changes == null ? List.of() : changes);
        }
    }
}
