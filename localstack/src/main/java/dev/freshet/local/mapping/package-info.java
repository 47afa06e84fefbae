/**
 * The event source mapping: what stands between a Kinesis stream and a function.
 *
 * <p>In: the records of a stream's shards, the parameters of one {@code
 * AWS::Lambda::EventSourceMapping}, and what the function answered. Out: invocations, a checkpoint
 * per shard, and what was given up, on its way to a destination.
 *
 * <p>The rules live in values and small state machines that know neither threads nor clocks nor
 * sockets ({@link dev.freshet.local.mapping.ShardMachine}, {@link dev.freshet.local.mapping.Lane},
 * {@link dev.freshet.local.mapping.Lineage}, {@link dev.freshet.local.mapping.BatchAnswer}): every
 * input is a method call with the time in it, so that a simulator can replay any interleaving.
 * {@link dev.freshet.local.mapping.MappingRunner} is the only part that does input and output.
 *
 * <p>Source of the rules: AWS Lambda Developer Guide, "Using Lambda with Kinesis" and its pages on
 * batching, partial batch responses, error handling and parallelization. What AWS does not say is
 * marked <em>inferred</em> where it is decided.
 */
@NullMarked
package dev.freshet.local.mapping;

import org.jspecify.annotations.NullMarked;
