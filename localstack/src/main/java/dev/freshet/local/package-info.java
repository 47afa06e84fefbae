/**
 * The local cloud: the AWS services that Freshet uses, on one machine.
 *
 * <p>Input: a built checkout, above all the synthesized template. Output: an API on 127.0.0.1 with
 * everything behind it, whose state is kept in one folder. The entry point is {@link
 * dev.freshet.local.LocalCloud}. Its sub-packages: {@code template} reads the resources to create,
 * {@code emulator} runs DynamoDB, Kinesis and S3 as child processes, {@code function} runs the
 * handlers, also at the rates of EventBridge's rules, {@code gateway} replaces API Gateway, and
 * {@code mapping} the event source mapping.
 */
@NullMarked
package dev.freshet.local;

import org.jspecify.annotations.NullMarked;
