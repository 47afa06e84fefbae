package dev.freshet.testkit;

import dev.freshet.access.Signer;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Strengths;
import dev.freshet.example.Pseudonym.Pseudonyms;
import dev.freshet.features.KeptProperties;
import dev.freshet.lake.LakeFlow;
import dev.freshet.lake.LakeRows;
import dev.freshet.testkit.memory.MemoryUsers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Random;

/** Creates the flow of the lake for tests of what calls it. */
public final class LakeFlows {
    private LakeFlows() {}

    /**
     * Returns a flow over users without profiles, which keeps no properties and does not wait for a
     * store.
     */
    public static LakeFlow withoutProfiles(InstantSource clock) {
        return new LakeFlow(
                new MemoryUsers(clock),
                new EventCodec()::decode,
                () -> new Signer(new byte[32]).derive(Signer.EXPOSURE),
                new LakeRows(
                        new Pseudonyms(new Signer(new byte[32]))::of,
                        EventTypes.BUILT_IN,
                        Strengths.DEFAULTS::of,
                        id -> false,
                        KeptProperties.NONE),
                clock,
                new Random(1),
                time -> {});
    }

    /** Returns a record as Firehose lays it in {@code errors/} when it could not be transformed. */
    public static String givenUp(byte[] data, Instant arrived) {
        return "{\"attemptsMade\":4,\"arrivalTimestamp\":%d,\"errorCode\":\"x\",\"rawData\":\"%s\"}\n"
                .formatted(arrived.toEpochMilli(), Base64.getEncoder().encodeToString(data));
    }
}
