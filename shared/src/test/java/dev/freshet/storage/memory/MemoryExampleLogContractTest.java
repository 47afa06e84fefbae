package dev.freshet.storage.memory;

import dev.freshet.storage.ExampleLogContract;
import dev.freshet.stream.ExampleLog;
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
