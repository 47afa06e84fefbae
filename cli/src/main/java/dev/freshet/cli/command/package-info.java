/**
 * The commands that call the API of a stack ({@code items}, {@code users}, {@code recommend},
 * {@code similar}, {@code trending}, {@code experiments}, {@code rules}, {@code status}), {@code
 * replay} and {@code batch}.
 *
 * <p>Enters: options and files. Leaves: requests to the API, and its answers as tables for people
 * or as JSON; for {@code replay}, a rebuilt model in the model log; for {@code batch}, neighbours
 * that the trainer loads.
 */
@NullMarked
package dev.freshet.cli.command;

import org.jspecify.annotations.NullMarked;
