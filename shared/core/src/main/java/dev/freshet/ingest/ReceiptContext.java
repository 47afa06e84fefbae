package dev.freshet.ingest;

import dev.freshet.access.ImportPermit;
import dev.freshet.event.TraceId;
import java.time.Instant;
import java.util.Optional;

/**
 * How a request of events came in.
 *
 * @param receivedAt by the collector's clock
 * @param userAgent the browser's own header; read and forgotten
 * @param country alpha-2, from the edge in front of the API where there is one
 * @param region subdivision code, from the edge
 * @param permit a valid grant to bring history in
 * @param trace the request's, for the logs
 */
public record ReceiptContext(
        Instant receivedAt,
        Optional<String> userAgent,
        Optional<String> country,
        Optional<String> region,
        Optional<ImportPermit> permit,
        Optional<TraceId> trace) {
    /** An arrival of which no trace is known. */
    public ReceiptContext(
            Instant receivedAt,
            Optional<String> userAgent,
            Optional<String> country,
            Optional<String> region,
            Optional<ImportPermit> permit) {
        this(receivedAt, userAgent, country, region, permit, Optional.empty());
    }

    /** An arrival of which no more is known than its time. */
    public static ReceiptContext at(Instant receivedAt) {
        return new ReceiptContext(
                receivedAt, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
