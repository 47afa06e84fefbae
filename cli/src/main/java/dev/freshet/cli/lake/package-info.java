/**
 * The commands {@code freshet lake …}. Enters: a question of a person. Leaves: for a stack on AWS,
 * requests to Athena, Step Functions, Glue and Lake Formation with the rights of the caller; for a
 * local cloud, calls of the {@link dev.freshet.cli.lake.FolderLake} that {@link
 * dev.freshet.cli.lake.LocalLakes} opens, where the class path has one.
 */
@NullMarked
package dev.freshet.cli.lake;

import org.jspecify.annotations.NullMarked;
