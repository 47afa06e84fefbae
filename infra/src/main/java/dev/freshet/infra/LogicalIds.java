package dev.freshet.infra;

import software.amazon.awscdk.CfnElement;
import software.constructs.IConstruct;

/**
 * Fixed logical ids of resources. CloudFormation replaces a resource whose logical id changes, so
 * the id of a resource with state must not depend on the position of its construct in the tree.
 */
final class LogicalIds {
    private LogicalIds() {}

    /** Sets the logical id of the construct's default resource. */
    static void pin(IConstruct construct, String logicalId) {
        if (construct.getNode().getDefaultChild() instanceof CfnElement resource) {
            resource.overrideLogicalId(logicalId);
        } else {
            throw new IllegalArgumentException(
                    construct.getNode().getPath() + " has no default resource");
        }
    }
}
