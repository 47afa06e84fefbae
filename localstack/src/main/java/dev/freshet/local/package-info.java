/**
 * The local cloud: AWS's part of Freshet on one machine.
 *
 * <p>In: a built checkout, above all the synthesized template. Out: an API on 127.0.0.1 with
 * everything behind it, kept in one state folder. {@link dev.freshet.local.LocalCloud} is the door.
 * What it stands on: {@code template} reads what is to be made, {@code emulator} runs DynamoDB,
 * Kinesis and S3 as child processes, {@code function} runs the handlers, {@code gateway} stands in
 * for API Gateway, {@code mapping} for the event source mapping, {@code schedule} for EventBridge.
 */
@NullMarked
package dev.freshet.local;

import org.jspecify.annotations.NullMarked;
