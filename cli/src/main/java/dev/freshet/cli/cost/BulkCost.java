package dev.freshet.cli.cost;

import dev.freshet.bulk.BulkRun;

/**
 * The bill of lists in bulk. Reads are the measured ones of a request; the time and the size of a
 * list of 50 items were measured by the function itself on a catalogue of 2,000 items
 * (docs/bulk.md). Nothing was measured on AWS.
 */
final class BulkCost {
    /** Milliseconds of one processor for a list, without waits, of which 16 users share a time. */
    static final double MILLISECONDS = 10;

    /** Compressed bytes of a list with its reasons and its token. */
    static final double BYTES = 3_300;

    /** Steps of an execution besides its batches. */
    private static final double STEPS = 5;

    private static final double EXPRESS_GB = 64.0 / 1_024;

    private BulkCost() {}

    /** Returns the bill of lists that one run makes and the command takes. */
    static Bill of(StackTemplate stack, MeasuredUnits units, PriceList prices, double lists) {
        double batches = lists / BulkRun.BATCH;
        double seconds = lists * MILLISECONDS / 1_000;
        Units read = units.of("Recommend").part("invocation");
        return new Bill.Builder(prices)
                .add(Charge.LAMBDA_REQUEST, "invocations of Bulk", batches)
                .add(Charge.LAMBDA_GB_SECOND, "running Bulk", seconds * stack.memoryGb("Bulk"))
                .add(Charge.DYNAMODB_READ_UNIT, "reads of Bulk", lists * read.readUnits())
                .add(Charge.S3_PUT, "objects with lists", batches)
                .add(Charge.S3_GET, "taking lists", batches)
                .add(Charge.STATE_TRANSITION, "steps of a run", STEPS)
                .add(Charge.EXPRESS_REQUEST, "batches of a run", batches)
                .add(Charge.EXPRESS_GB_SECOND, "waiting for batches", seconds * EXPRESS_GB)
                .add(Charge.TRANSFER_GB, "taking lists out of AWS", IdleCost.gb(lists * BYTES))
                .build();
    }
}
