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
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The definitions of experiments in DynamoDB. Reads are consistent. Listing scans the table, at one
 * read unit for each 4 KB: at most 800 for 200 definitions of 16 KB.
 */
public final class DynamodbExperiments implements Experiments {
    private static final String STORE = "The Experiments table";

    private final DynamoDbTable<ExperimentRow> table;
    private final EventTypes types;

    /**
     * Creates access to the table.
     *
     * @param types the types of events that conditions of stored experiments can name
     */
    public DynamodbExperiments(DynamoDbEnhancedClient client, String tableName, EventTypes types) {
        this.types = types;
        this.table = client.table(tableName, ExperimentRow.SCHEMA);
    }

    @Override
    public Optional<ExperimentDefinition> get(String id) {
        return row(id).filter(row -> !row.isRule()).map(row -> row.value(types));
    }

    private Optional<ExperimentRow> row(String id) {
        return Optional.ofNullable(
                AwsCalls.call(
                        STORE, () -> table.getItem(get -> get.key(key(id)).consistentRead(true))));
    }

    private List<ExperimentRow> rows() {
        return AwsCalls.call(
                STORE,
                () -> table.scan(scan -> scan.consistentRead(true)).items().stream().toList());
    }

    @Override
    public Optional<StoredRule> rule(String name) {
        return row(StoredRule.idOf(name)).map(ExperimentRow::rule);
    }

    @Override
    public List<StoredRule> rules() {
        return rows().stream()
                .filter(ExperimentRow::isRule)
                .map(ExperimentRow::rule)
                .sorted(Comparator.comparing(StoredRule::name))
                .toList();
    }

    @Override
    public boolean put(StoredRule rule, long seen) {
        return put(ExperimentRow.of(rule), seen);
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
        return put(ExperimentRow.of(definition), seen);
    }

    private boolean put(ExperimentRow row, long seen) {
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
        return Conditions.equal(ExperimentRow.REVISION, revision);
    }

    private static Key key(String id) {
        return Key.builder().partitionValue(id).build();
    }
}
