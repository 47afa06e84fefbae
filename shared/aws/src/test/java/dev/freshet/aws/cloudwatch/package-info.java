@NullMarked
package dev.freshet.aws.cloudwatch;

import org.jspecify.annotations.NullMarked;
