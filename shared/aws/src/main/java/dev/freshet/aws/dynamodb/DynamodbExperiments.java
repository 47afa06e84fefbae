package dev.freshet.aws.dynamodb;

import dev.freshet.aws.AwsCalls;
import dev.freshet.aws.row.TableKeys;
import dev.freshet.event.EventTypes;
import dev.freshet.experiment.definition.ExperimentDefinition;
import dev.freshet.experiment.definition.Experiments;
import dev.freshet.experiment.definition.StoredRule;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The definitions of experiments in DynamoDB. Reads are consistent. Listing scans the table, at one
 * read unit for each 4 KB: at most 800 for 200 definitions of 16 KB.
 */
public final class DynamodbExperiments implements Experiments {
    private static final String STORE = "The Experiments table";

    private final DynamoDbTable<Row> table;
    private final EventTypes types;

    /**
     * Creates access to the table.
     *
     * @param types the types of events that conditions of stored experiments can name
     */
    public DynamodbExperiments(DynamoDbEnhancedClient client, String tableName, EventTypes types) {
        this.types = types;
        this.table = client.table(tableName, Row.SCHEMA);
    }

    @Override
    public Optional<ExperimentDefinition> get(String id) {
        return row(id).filter(row -> !row.isRule()).map(row -> row.value(types));
    }

    private Optional<Row> row(String id) {
        return Optional.ofNullable(
                AwsCalls.call(
                        STORE, () -> table.getItem(get -> get.key(key(id)).consistentRead(true))));
    }

    private List<Row> rows() {
        return AwsCalls.call(
                STORE,
                () -> table.scan(scan -> scan.consistentRead(true)).items().stream().toList());
    }

    @Override
    public Optional<StoredRule> rule(String name) {
        return row(StoredRule.idOf(name)).map(Row::rule);
    }

    @Override
    public List<StoredRule> rules() {
        return rows().stream()
                .filter(Row::isRule)
                .map(Row::rule)
                .sorted(Comparator.comparing(StoredRule::name))
                .toList();
    }

    @Override
    public boolean put(StoredRule rule, long seen) {
        return put(Row.of(rule), seen);
    }

    @Override
    public List<ExperimentDefinition> list() {
        return rows().stream()
                .filter(row -> !row.isRule())
                .map(row -> row.value(types))
                .sorted(Comparator.comparing(ExperimentDefinition::id))
                .toList();
    }

    @Override
    public boolean put(ExperimentDefinition definition, long seen) {
        return put(Row.of(definition), seen);
    }

    private boolean put(Row row, long seen) {
        Conditions condition =
                seen == ABSENT ? Conditions.absent(TableKeys.EXPERIMENT_ID) : ofRevision(seen);
        return condition.put(STORE, table, row);
    }

    @Override
    public boolean delete(String id, long seen) {
        return AwsCalls.call(
                STORE,
                () -> {
                    try {
                        table.deleteItem(
                                delete ->
                                        delete.key(key(id))
                                                .conditionExpression(
                                                        ofRevision(seen).expression()));
                        return true;
                    } catch (ConditionalCheckFailedException another) {
                        return false;
                    }
                });
    }

    private static Conditions ofRevision(long revision) {
        return Conditions.equal(Row.REVISION, revision);
    }

    private static Key key(String id) {
        return Key.builder().partitionValue(id).build();
    }

    /**
     * A row of Experiments: the document of a definition or a rule, and its revision for
     * conditions.
     */
    private record Row(String experimentId, long revision, String document) {
        static final String REVISION = "revision";

        static final TableSchema<Row> SCHEMA = RowSchema.of(Row.class, TableKeys.EXPERIMENT_ID);

        static Row of(ExperimentDefinition definition) {
            return new Row(definition.id(), definition.revision(), definition.document());
        }

        static Row of(StoredRule rule) {
            return new Row(rule.id(), rule.revision(), rule.document());
        }

        boolean isRule() {
            return StoredRule.isRule(experimentId);
        }

        StoredRule rule() {
            return new StoredRule(
                    experimentId.substring(StoredRule.idOf("").length()), document, revision);
        }

        ExperimentDefinition value(EventTypes types) {
            return ExperimentDefinition.stored(document, revision, types);
        }
    }
}
