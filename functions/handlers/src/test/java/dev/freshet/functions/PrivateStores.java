package dev.freshet.functions;

import dev.freshet.access.Signer;
import dev.freshet.event.Context;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Pseudonym.Pseudonyms;
import dev.freshet.features.StoredInteraction;
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
import dev.freshet.testkit.Bodies;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryEventLog;
import dev.freshet.testkit.memory.MemoryExposures;
import dev.freshet.testkit.memory.MemoryInteractions;
import dev.freshet.testkit.memory.MemoryModelLog;
import dev.freshet.testkit.memory.MemoryQuarantine;
import dev.freshet.testkit.memory.MemoryUsers;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The stores with data of a user, in memory. The model is empty, no night of the lake has ended,
 * and every erasure has the id erasure-1.
 */
final class PrivateStores {
    /** The types of events of a shop's owner. */
    private static final EventTypes TYPES =
            EventTypes.parse("{\"try-on\": {\"slot\": 3, \"strength\": 2}}");

    final SettableClock clock;
    final MemoryInteractions rows;
    final MemoryUsers users;
    final MemoryEventLog events = new MemoryEventLog();
    final Signer signer = new Signer(Bodies.utf8("a secret of the tests"));
    private final UserStores stores;
    private final MemoryQuarantine quarantine = new MemoryQuarantine();
    private int sequence;

    PrivateStores(Instant now) {
        clock = new SettableClock(now);
        rows = new MemoryInteractions(clock);
        users = new MemoryUsers(clock);
        stores = new UserStores(rows, new MemoryExposures(clock), users);
    }

    /** Stores that a user did something with the item tea, after everything stored before. */
    void did(
            String user,
            String eventId,
            Instant at,
            StoredInteraction.Act act,
            @Nullable String sessionId,
            Map<String, String> properties) {
        Context context = sessionId == null ? Context.UNKNOWN : Context.of("mobile", "BR", 9);
        rows.putIfAbsent(
                new StoredInteraction(
                        user,
                        eventId,
                        EventTimes.at(at),
                        act,
                        sessionId,
                        context,
                        new ShardPosition("events/0", BigInteger.valueOf(++sequence)),
                        null,
                        properties),
                null);
    }

    static StoredInteraction.Act act(EventType type, double value) {
        return new StoredInteraction.Act(type, Target.item("tea"), 2.5, value, null);
    }

    Gateway gateway() {
        return new Gateway(handler(UnaryOperator.identity()));
    }

    PrivacyHandler handler(UnaryOperator<String> ids) {
        EventCodec codec = new EventCodec();
        ErasureFlow.Streamed streamed =
                new ErasureFlow.Streamed(
                        codec::encode, codec::decode, new Pseudonyms(signer)::of, "events");
        return new PrivacyHandler(
                new ErasureFlow(
                        stores,
                        quarantine,
                        events,
                        streamed,
                        RetentionPolicy.DEFAULT,
                        Optional.of(LakePurge.WEEKLY),
                        clock,
                        () -> "erasure-1"),
                new ErasureProgress(
                        stores,
                        ModelLogs.only(new MemoryModelLog(clock)),
                        RetentionPolicy.DEFAULT,
                        Optional.of(new LakeErasures(LakePurge.WEEKLY, () -> LakeProgress.NONE)),
                        clock),
                new ExportFlow(stores, quarantine, streamed, () -> Model.EMPTY, clock),
                new UserInteractionsApi(rows, users, ids, TYPES),
                ids,
                TYPES,
                true,
                clock);
    }
}
