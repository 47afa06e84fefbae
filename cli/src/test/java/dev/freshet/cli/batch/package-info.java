@NullMarked
package dev.freshet.cli.batch;

import org.jspecify.annotations.NullMarked;
