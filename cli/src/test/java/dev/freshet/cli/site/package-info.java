/** Tests of the export and the restore of a site. */
@NullMarked
package dev.freshet.cli.site;

import org.jspecify.annotations.NullMarked;
