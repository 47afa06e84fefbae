package dev.freshet.storage.memory;

import dev.freshet.event.ShardPosition;
import dev.freshet.storage.QuarantineContract;
import dev.freshet.stream.Quarantine;
import java.util.Optional;

class MemoryQuarantineContractTest extends QuarantineContract {
    private final MemoryQuarantine quarantine = new MemoryQuarantine();

    @Override
    protected Quarantine quarantine() {
        return quarantine;
    }

    @Override
    protected Optional<Quarantine.Entry> kept(ShardPosition position) {
        return quarantine.get(position);
    }
}
