package dev.freshet.infra;

import dev.freshet.aws.option.StackSettings;
import software.constructs.Construct;

/**
 * The lake of a stack: every accepted event as rows of Iceberg tables that Athena queries. Events
 * take the way {@link LakeFirehose} to {@link LakeStorage}, into tables that {@link LakeTables}
 * makes; {@link LakeNight} keeps them.
 *
 * @param storage bucket, database and workgroup
 * @param delivery from the stream of events
 * @param night settles, erases and compacts
 */
record Lake(LakeStorage storage, LakeFirehose delivery, LakeNight night) {
    /** Creates tables, delivery and state machine, in this order. */
    static Lake of(
            Construct scope,
            StackSettings settings,
            SecurityBaseline baseline,
            LakeStorage storage,
            StackStreams streams,
            Functions functions) {
        FreshetFunction function = functions.lake.orElseThrow();
        LakeTables tables = new LakeTables(scope, storage, functions.lakeTables.orElseThrow());
        LakeFirehose delivery =
                new LakeFirehose(
                        scope, baseline, storage, streams.events, function, tables.resource);
        return new Lake(
                storage,
                delivery,
                new LakeNight(scope, settings, baseline, storage, delivery, function));
    }
}
