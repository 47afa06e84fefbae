/**
 * The event source mapping between a Kinesis stream and a function.
 *
 * <p>Input: the records of a stream's shards, the parameters of one {@code
 * AWS::Lambda::EventSourceMapping}, and the function's answers. Output: invocations, a checkpoint
 * for each shard, and records given up, sent to a destination.
 *
 * <p>The rules are implemented by values and small state machines without threads, clocks or
 * sockets ({@link dev.freshet.local.mapping.ShardMachine}, {@link dev.freshet.local.mapping.Lane},
 * {@link dev.freshet.local.mapping.Lineage}, {@link dev.freshet.local.mapping.BatchAnswer}): every
 * input is a method call that carries the time, so that a simulator can replay any interleaving.
 * {@link dev.freshet.local.mapping.MappingRunner} and {@link
 * dev.freshet.local.mapping.MappingActions} are the only parts that do input and output.
 *
 * <p>Source of the rules: AWS Lambda Developer Guide, "Using Lambda with Kinesis" and its pages on
 * batching, partial batch responses, error handling and parallelization. Rules that AWS does not
 * document are marked <em>inferred</em> where they are implemented.
 */
@NullMarked
package dev.freshet.local.mapping;

import org.jspecify.annotations.NullMarked;
