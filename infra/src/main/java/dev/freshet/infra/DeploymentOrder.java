package dev.freshet.infra;

import java.util.List;
import java.util.Optional;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * The order in which a deployment replaces functions: those that read events, examples, deltas and
 * snapshots before those that write them, so that a new kind of event is never written while the
 * old reader, which would quarantine it, is still there.
 *
 * <p>No order serves all, because the functions form a circle: <em>train</em> reads the examples of
 * <em>compact</em>, which reads the deltas of <em>train</em>; and <em>privacy</em>, whose erasures
 * <em>features</em> reads, reads deltas too. Left out are the two pairs where an unreadable delta
 * only delays: a compaction, and an export. What no order can serve is served by {@code
 * StoredFormat}: a new version of a format is read one release before it is written.
 */
final class DeploymentOrder {
    private DeploymentOrder() {}

    /**
     * Adds the dependencies.
     *
     * @param worker the service that consumes the streams in place of features and train
     * @param lake what reads events for the lake
     */
    static void of(Functions functions, Optional<Construct> worker, Optional<Lake> lake) {
        readsBefore(functions.recommend, functions.train, functions.compact);
        functions.bulk.ifPresent(bulk -> readsBefore(bulk, functions.train, functions.compact));
        functions.announce.ifPresent(
                announce -> {
                    readsBefore(functions.recommend, announce);
                    readsBefore(functions.train, announce);
                    functions.bulk.ifPresent(bulk -> readsBefore(bulk, announce));
                });
        readsBefore(functions.privacy, functions.compact);
        readsBefore(functions.train, functions.features, functions.catalog, functions.compact);
        readsBefore(functions.features, functions.collect, functions.profile, functions.privacy);
        lake.ifPresent(
                reader ->
                        List.of(functions.collect, functions.profile, functions.privacy)
                                .forEach(writer -> after(writer, reader.delivery().stream)));
        worker.ifPresent(
                service -> {
                    service.getNode().addDependency(functions.recommend);
                    functions.bulk.ifPresent(service.getNode()::addDependency);
                    List.of(
                                    functions.collect,
                                    functions.profile,
                                    functions.privacy,
                                    functions.catalog,
                                    functions.compact)
                            .forEach(writer -> after(writer, service));
                    functions.announce.ifPresent(announce -> after(announce, service));
                });
    }

    private static void readsBefore(FreshetFunction reader, FreshetFunction... writers) {
        List.of(writers).forEach(writer -> after(writer, reader));
    }

    private static void after(FreshetFunction writer, IConstruct reader) {
        writer.function.getNode().addDependency(reader);
    }
}
