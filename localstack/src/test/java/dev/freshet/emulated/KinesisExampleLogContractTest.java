package dev.freshet.emulated;

import dev.freshet.aws.kinesis.KinesisExampleLog;
import dev.freshet.event.StreamRecord;
import dev.freshet.example.ExampleLog;
import dev.freshet.testkit.contract.ExampleLogContract;
import java.util.List;

class KinesisExampleLogContractTest extends ExampleLogContract {
    private final ExampleLog log =
            new KinesisExampleLog(EmulatedAws.clients().kinesis(), EmulatedAws.EXAMPLES);

    @Override
    protected ExampleLog log() {
        return log;
    }

    @Override
    protected List<byte[]> records() {
        return StreamRecords.of(EmulatedAws.clients().kinesis(), EmulatedAws.EXAMPLES).stream()
                .map(StreamRecord::data)
                .toList();
    }
}
