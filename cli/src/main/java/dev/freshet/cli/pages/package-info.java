/**
 * {@code freshet site}: the built pages (dashboard, playground, reference) into the bucket of a
 * stack that was deployed with {@code site=true}.
 *
 * <p>Enters: the folder that the build of {@code web/site} made. Leaves: objects with their media
 * type and {@code Cache-Control}.
 */
@NullMarked
package dev.freshet.cli.pages;

import org.jspecify.annotations.NullMarked;
