package dev.freshet.aws.dynamodb;

import dev.freshet.aws.row.TableKeys;
import dev.freshet.experiment.definition.ExperimentDefinition;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/** A row of Experiments: the document of a definition, and its version for conditions. */
final class ExperimentRow {
    static final String VERSION = "version";

    static final TableSchema<ExperimentRow> SCHEMA =
            RowSchema.of(ExperimentRow.class, ExperimentRow::new)
                    .partitionKey(TableKeys.EXPERIMENT_ID, r -> r.id, (r, v) -> r.id = v)
                    .with(VERSION, Long.class, r -> r.version, (r, v) -> r.version = v)
                    .with("document", String.class, r -> r.document, (r, v) -> r.document = v)
                    .build();

    private String id = "";
    private Long version = 0L;
    private String document = "";

    static ExperimentRow of(ExperimentDefinition definition) {
        ExperimentRow row = new ExperimentRow();
        row.id = definition.id();
        row.version = definition.version();
        row.document = definition.document();
        return row;
    }

    ExperimentDefinition value() {
        return ExperimentDefinition.stored(document);
    }
}
