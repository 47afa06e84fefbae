package dev.freshet.emulated;

import dev.freshet.aws.s3.S3Quarantine;
import dev.freshet.event.ShardPosition;
import dev.freshet.features.Quarantine;
import dev.freshet.features.Quarantine.QuarantineReasons;
import dev.freshet.testkit.contract.QuarantineContract;
import java.util.Optional;

class S3QuarantineContractTest extends QuarantineContract {
    private final S3Quarantine quarantine =
            new S3Quarantine(EmulatedAws.clients().s3(), EmulatedAws.QUARANTINE_BUCKET);

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
        return new S3Quarantine(EmulatedAws.clients().s3(), EmulatedAws.QUARANTINE_BUCKET);
    }
}
