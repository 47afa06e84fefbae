/** The CDK app: settings enter, a CloudFormation template leaves. */
@NullMarked
package dev.freshet.infra;

import org.jspecify.annotations.NullMarked;
