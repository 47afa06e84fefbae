package dev.freshet.functions;

import dev.freshet.event.EventCodec;
import dev.freshet.feature.Keeping;
import dev.freshet.model.Model;
import dev.freshet.model.ModelLogs;
import dev.freshet.model.Pseudonyms;
import dev.freshet.storage.SettableClock;
import dev.freshet.storage.memory.MemoryEventLog;
import dev.freshet.storage.memory.MemoryInteractions;
import dev.freshet.storage.memory.MemoryModelLog;
import dev.freshet.storage.memory.MemoryQuarantine;
import dev.freshet.storage.memory.MemoryUsers;
import dev.freshet.stream.ErasureFlow;
import dev.freshet.stream.ErasureProgress;
import dev.freshet.stream.ExportFlow;
import java.util.function.UnaryOperator;

/** Where a person's data lies, in memory; the model is empty, erasures are called erasure-1. */
record PrivateStores(
        SettableClock clock,
        MemoryInteractions rows,
        MemoryUsers users,
        MemoryQuarantine quarantine,
        MemoryEventLog events,
        Pseudonyms pseudonyms) {
    PrivacyHandler handler(UnaryOperator<String> ids) {
        EventCodec codec = new EventCodec();
        return new PrivacyHandler(
                new ErasureFlow(
                        rows,
                        users,
                        quarantine,
                        events,
                        new ErasureFlow.Codec(codec::encode, codec::decode),
                        pseudonyms::of,
                        "events",
                        Keeping.DEFAULT,
                        clock,
                        () -> "erasure-1"),
                new ErasureProgress(
                        rows,
                        users,
                        ModelLogs.only(new MemoryModelLog(clock)),
                        Keeping.DEFAULT,
                        clock),
                new ExportFlow(
                        rows,
                        users,
                        quarantine,
                        codec::decode,
                        pseudonyms::of,
                        "events",
                        () -> Model.EMPTY,
                        clock),
                ids,
                clock);
    }
}
