package dev.freshet.functions;

import dev.freshet.event.EventCodec;
import dev.freshet.event.EventTypes;
import dev.freshet.example.Pseudonym.Pseudonyms;
import dev.freshet.features.UserStores;
import dev.freshet.model.Model;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.privacy.ErasureFlow;
import dev.freshet.privacy.ErasureProgress;
import dev.freshet.privacy.ExportFlow;
import dev.freshet.privacy.LakeErasures;
import dev.freshet.privacy.LakeErasures.LakeProgress;
import dev.freshet.privacy.LakeErasures.LakePurge;
import dev.freshet.store.RetentionPolicy;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryEventLog;
import dev.freshet.testkit.memory.MemoryExposures;
import dev.freshet.testkit.memory.MemoryInteractions;
import dev.freshet.testkit.memory.MemoryModelLog;
import dev.freshet.testkit.memory.MemoryQuarantine;
import dev.freshet.testkit.memory.MemoryUsers;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The stores with data of a user, in memory. The model is empty, no night of the lake has ended,
 * and every erasure has the id erasure-1.
 */
record PrivateStores(
        SettableClock clock,
        MemoryInteractions rows,
        MemoryExposures lists,
        MemoryUsers users,
        MemoryQuarantine quarantine,
        MemoryEventLog events,
        Pseudonyms pseudonyms) {
    /** The types of events of a shop's owner. */
    private static final EventTypes TYPES =
            EventTypes.parse("{\"try-on\": {\"slot\": 3, \"strength\": 2}}");

    PrivacyHandler handler(UnaryOperator<String> ids) {
        EventCodec codec = new EventCodec();
        return new PrivacyHandler(
                new ErasureFlow(
                        new UserStores(rows, lists, users),
                        quarantine,
                        events,
                        new ErasureFlow.Streamed(
                                codec::encode, codec::decode, pseudonyms::of, "events"),
                        RetentionPolicy.DEFAULT,
                        Optional.of(LakePurge.WEEKLY),
                        clock,
                        () -> "erasure-1"),
                new ErasureProgress(
                        new UserStores(rows, lists, users),
                        ModelLogs.only(new MemoryModelLog(clock)),
                        RetentionPolicy.DEFAULT,
                        Optional.of(new LakeErasures(LakePurge.WEEKLY, () -> LakeProgress.NONE)),
                        clock),
                new ExportFlow(
                        new UserStores(rows, lists, users),
                        quarantine,
                        new ErasureFlow.Streamed(
                                codec::encode, codec::decode, pseudonyms::of, "events"),
                        () -> Model.EMPTY,
                        clock),
                new UserInteractionsApi(rows, users, ids, TYPES),
                ids,
                TYPES,
                true,
                clock);
    }
}
