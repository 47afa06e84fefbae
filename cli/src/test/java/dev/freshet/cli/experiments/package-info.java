@NullMarked
package dev.freshet.cli.experiments;

import org.jspecify.annotations.NullMarked;
