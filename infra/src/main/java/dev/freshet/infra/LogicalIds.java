package dev.freshet.infra;

import software.amazon.awscdk.CfnElement;
import software.constructs.IConstruct;

/**
 * Plain logical ids. CloudFormation replaces a resource whose logical id changes, so nothing that
 * keeps state may take its id from where its construct stands in the tree.
 */
final class LogicalIds {
    private LogicalIds() {}

    /** Gives the construct's own resource this id, for good. */
    static void pin(IConstruct construct, String logicalId) {
        if (construct.getNode().getDefaultChild() instanceof CfnElement resource) {
            resource.overrideLogicalId(logicalId);
        } else {
            throw new IllegalArgumentException(
                    construct.getNode().getPath() + " is no single resource");
        }
    }
}
