/**
 * The emulators, as child processes: dynalite for DynamoDB, kinesalite for Kinesis, Adobe S3Mock
 * for S3.
 *
 * <p>In: a checkout with the emulators installed and a state folder. Out: three endpoints on
 * 127.0.0.1 whose data outlives the processes. Every child ends when its standard input does, so
 * none outlives its parent, not even a killed one.
 */
@NullMarked
package dev.freshet.local.emulator;

import org.jspecify.annotations.NullMarked;
