/**
 * The emulators as child processes: dynalite for DynamoDB, kinesalite for Kinesis, Adobe S3Mock for
 * S3.
 *
 * <p>Input: a checkout with the emulators installed, and a state folder. Output: three endpoints on
 * 127.0.0.1 whose data outlives the processes. Every child ends when its standard input ends, so
 * none outlives its parent, even if the parent is killed.
 */
@NullMarked
package dev.freshet.local.emulator;

import org.jspecify.annotations.NullMarked;
