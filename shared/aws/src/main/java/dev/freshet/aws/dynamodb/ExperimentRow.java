package dev.freshet.aws.dynamodb;

import dev.freshet.aws.row.TableKeys;
import dev.freshet.event.EventTypes;
import dev.freshet.experiment.definition.ExperimentDefinition;
import dev.freshet.experiment.definition.StoredRule;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * A row of Experiments: the document of a definition or a rule, and its revision for conditions.
 */
final class ExperimentRow {
    static final String REVISION = "revision";

    static final TableSchema<ExperimentRow> SCHEMA =
            RowSchema.of(ExperimentRow.class, ExperimentRow::new)
                    .partitionKey(TableKeys.EXPERIMENT_ID, r -> r.id, (r, v) -> r.id = v)
                    .with(REVISION, Long.class, r -> r.revision, (r, v) -> r.revision = v)
                    .with("document", String.class, r -> r.document, (r, v) -> r.document = v)
                    .build();

    private String id = "";
    private Long revision = 0L;
    private String document = "";

    static ExperimentRow of(ExperimentDefinition definition) {
        ExperimentRow row = new ExperimentRow();
        row.id = definition.id();
        row.revision = definition.revision();
        row.document = definition.document();
        return row;
    }

    static ExperimentRow of(StoredRule rule) {
        ExperimentRow row = new ExperimentRow();
        row.id = rule.id();
        row.revision = rule.revision();
        row.document = rule.document();
        return row;
    }

    boolean isRule() {
        return StoredRule.isRule(id);
    }

    StoredRule rule() {
        return new StoredRule(id.substring(StoredRule.idOf("").length()), document, revision);
    }

    ExperimentDefinition value(EventTypes types) {
        return ExperimentDefinition.stored(document, revision, types);
    }
}
