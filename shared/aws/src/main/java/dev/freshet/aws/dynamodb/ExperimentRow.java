package dev.freshet.aws.dynamodb;

import dev.freshet.aws.row.TableKeys;
import dev.freshet.event.EventTypes;
import dev.freshet.experiment.definition.ExperimentDefinition;
import dev.freshet.experiment.definition.StoredRule;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * A row of Experiments: the document of a definition or a rule, and its revision for conditions.
 */
record ExperimentRow(String experimentId, long revision, String document) {
    static final String REVISION = "revision";

    static final TableSchema<ExperimentRow> SCHEMA =
            RowSchema.of(ExperimentRow.class, TableKeys.EXPERIMENT_ID);

    static ExperimentRow of(ExperimentDefinition definition) {
        return new ExperimentRow(definition.id(), definition.revision(), definition.document());
    }

    static ExperimentRow of(StoredRule rule) {
        return new ExperimentRow(rule.id(), rule.revision(), rule.document());
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
