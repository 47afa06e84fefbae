package dev.freshet.ingest;

import dev.freshet.access.ImportPermit;
import dev.freshet.event.TraceId;
import java.time.Instant;
import java.util.Optional;

/**
 * The circumstances in which a request of events was received.
 *
 * @param receivedAt by the collector's clock
 * @param userAgent the browser's own header; used while reading and not stored
 * @param country alpha-2, from the edge in front of the API where there is one
 * @param region subdivision code, from the edge
 * @param permit a valid permit to import history
 * @param trace of the request, for the logs
 * @param takesAmounts whether amounts of money count in events of every user; otherwise only in
 *     those of signed-in users, whom a publishable key cannot name
 */
public record ReceiptContext(
        Instant receivedAt,
        Optional<String> userAgent,
        Optional<String> country,
        Optional<String> region,
        Optional<ImportPermit> permit,
        Optional<TraceId> trace,
        boolean takesAmounts) {

    /** Returns a context of which nothing but the time is known. */
    public static ReceiptContext at(Instant receivedAt) {
        return new ReceiptContext(
                receivedAt,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true);
    }

    /** Returns the context of events of history, which an import permit allows to be old. */
    public static ReceiptContext importing(Instant receivedAt, ImportPermit permit) {
        return new ReceiptContext(
                receivedAt,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(permit),
                Optional.empty(),
                true);
    }
}
