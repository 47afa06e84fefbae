@NullMarked
package dev.freshet.cli.imports;

import org.jspecify.annotations.NullMarked;
