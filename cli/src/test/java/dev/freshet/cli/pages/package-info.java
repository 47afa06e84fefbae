/** Tests of {@code freshet site}. */
@NullMarked
package dev.freshet.cli.pages;

import org.jspecify.annotations.NullMarked;
