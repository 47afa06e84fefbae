package dev.freshet.testkit.memory;

import dev.freshet.example.ExampleLog;
import dev.freshet.testkit.contract.ExampleLogContract;
import java.util.List;

class MemoryExampleLogContractTest extends ExampleLogContract {
    private final MemoryExampleLog log = new MemoryExampleLog();

    @Override
    protected ExampleLog log() {
        return log;
    }

    @Override
    protected List<byte[]> records() {
        return log.records();
    }
}
