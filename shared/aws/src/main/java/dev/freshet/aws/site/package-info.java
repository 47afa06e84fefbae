/**
 * The pages of {@code web/site} as something that is served: the response headers that they need,
 * read from one file by the local cloud, by the CDK app and by the command that uploads the pages.
 *
 * <p>Enters: the folder of the pages. Leaves: headers by path.
 */
@NullMarked
package dev.freshet.aws.site;

import org.jspecify.annotations.NullMarked;
