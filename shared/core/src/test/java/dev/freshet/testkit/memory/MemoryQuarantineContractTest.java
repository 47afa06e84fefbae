package dev.freshet.testkit.memory;

import dev.freshet.event.ShardPosition;
import dev.freshet.features.Quarantine;
import dev.freshet.features.Quarantine.QuarantineReasons;
import dev.freshet.testkit.contract.QuarantineContract;
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

    @Override
    protected QuarantineReasons reasons() {
        return quarantine;
    }
}
