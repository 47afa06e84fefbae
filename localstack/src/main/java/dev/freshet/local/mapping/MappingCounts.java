package dev.freshet.local.mapping;

import java.util.concurrent.atomic.LongAdder;

/** Counts of a mapping since the start. Thread-safe. */
final class MappingCounts {
    final LongAdder batches = new LongAdder();
    final LongAdder records = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder notRun = new LongAdder();
    final LongAdder givenUp = new LongAdder();
    final LongAdder sourceErrors = new LongAdder();
}
