package dev.freshet.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.ImportPermit;
import dev.freshet.access.Signer;
import dev.freshet.aws.Settings;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.ingest.AdmissionControl;
import dev.freshet.ingest.EventCollector;
import dev.freshet.ingest.ReceiptContext;
import dev.freshet.ingest.Rejection;
import dev.freshet.ingest.Submission;
import dev.freshet.json.MalformedJsonException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code POST /v1/events}: 202 with the number accepted and each refusal, also where all were
 * refused; 429 where there is more than the stream takes, before anything of the request is read or
 * put; 503 with the indexes that the stream did not take, which alone are to be sent again; a
 * problem of 400, 403, 413 or 415 where the request as a whole cannot be taken: one event of a
 * reader whom the caller may not name refuses all of it.
 */
public final class CollectHandler extends HttpHandler {
    /** Longest that one request works on. */
    static final Duration BUDGET = Duration.ofSeconds(5);

    /** Kept back of the function's own time, for the answer. */
    static final Duration RESERVE = Duration.ofMillis(500);

    private static final String COUNTRY = "CloudFront-Viewer-Country";
    private static final String REGION = "CloudFront-Viewer-Country-Region";

    private final EventCollector collection;
    private final AdmissionControl admission;
    private final Supplier<Signer> permits;
    private final IdentityCheck identities;
    private final Metrics metrics;
    private final InstantSource clock;

    public CollectHandler() {
        this(Settings.fromEnvironment());
    }

    public CollectHandler(Settings settings) {
        this(new Wiring(settings));
    }

    private CollectHandler(Wiring wiring) {
        this(wiring, wiring.admission());
    }

    private CollectHandler(Wiring wiring, AdmissionControl admission) {
        this(
                wiring.collection(admission),
                admission,
                () -> wiring.signer(Signer.IMPORT_PERMIT),
                new IdentityCheck(wiring.anonymousPrefix()),
                wiring.metrics(),
                wiring.clock());
    }

    /**
     * The handler over its flow.
     *
     * @param admission learns from what {@code collection} puts
     * @param permits vouches for import permits; asked only where there is one
     */
    CollectHandler(
            EventCollector collection,
            AdmissionControl admission,
            Supplier<Signer> permits,
            IdentityCheck identities,
            Metrics metrics,
            InstantSource clock) {
        this.collection = collection;
        this.admission = admission;
        this.permits = permits;
        this.identities = identities;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    protected Map<String, OperationHandler> operations() {
        return Map.of("collectEvents", this::collect);
    }

    private HttpResponse collect(HttpRequest request) throws MalformedJsonException {
        Instant now = clock.instant();
        Optional<Duration> stayAway = admission.begin(now);
        if (stayAway.isPresent()) {
            metrics.line().count("Shed", 1).write();
            return overloaded(stayAway.get(), request.requestId());
        }
        try {
            return taken(request, now);
        } finally {
            admission.end();
        }
    }

    private HttpResponse taken(HttpRequest request, Instant now) throws MalformedJsonException {
        Submission submission = Submission.open(request.jsonBytes(Submission.MAX_BYTES));
        submission.parts().forEach(part -> identities.members(request.caller(), part.json()));
        Duration left = request.timeLeft().minus(RESERVE);
        EventCollector.Receipt receipt =
                collection.collect(
                        submission,
                        receipt(request, now),
                        now.plus(left.compareTo(BUDGET) < 0 ? left : BUDGET));
        metrics.line()
                .count("Accepted", receipt.accepted())
                .count("Rejected", receipt.rejected().size())
                .count("Unplaced", receipt.unplaced().size())
                .count("Shed", 0)
                .write();
        ArrayNode rejected = rejected(receipt.rejected());
        return receipt.unplaced().isEmpty()
                ? HttpResponse.json(202, accepted(receipt.accepted(), rejected))
                : unplaced(receipt, rejected).toResponse(request.requestId());
    }

    private static HttpResponse overloaded(Duration stayAway, String requestId) {
        return new Problem(
                        429,
                        "overloaded",
                        "More events come than the stream takes; nothing of this request was put."
                                + " Send it again, whole, after Retry-After.")
                .toResponse(requestId)
                .with("Retry-After", Long.toString(stayAway.toSeconds()));
    }

    private ReceiptContext receipt(HttpRequest request, Instant now) {
        return new ReceiptContext(
                now,
                request.header("User-Agent"),
                request.header(COUNTRY).filter(country -> country.matches("[A-Z]{2}")),
                request.header(REGION).filter(region -> region.matches("[A-Z0-9]{1,3}")),
                permit(request, now),
                request.trace());
    }

    private Optional<ImportPermit> permit(HttpRequest request, Instant now) {
        Optional<String> sent = request.header(ImportPermit.HEADER);
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        Optional<ImportPermit> permit = ImportPermit.open(sent.get(), permits.get(), now);
        if (permit.isEmpty()) {
            throw new Problem(
                            403,
                            "import-permit-invalid",
                            "The import permit is not of this stack, or its time is over; ask its"
                                    + " owner for another.")
                    .asException();
        }
        return permit;
    }

    private static ObjectNode accepted(int count, ArrayNode rejected) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("accepted", count);
        answer.set("rejected", rejected);
        return answer;
    }

    private static ArrayNode rejected(List<Rejection> refusals) {
        ArrayNode rejected = JsonNodeFactory.instance.arrayNode(refusals.size());
        for (Rejection refusal : refusals) {
            ObjectNode one = rejected.addObject().put("index", refusal.index());
            if (refusal.eventId() != null) {
                one.put("eventId", refusal.eventId());
            }
            one.put("code", refusal.code()).put("detail", refusal.detail());
        }
        return rejected;
    }

    private static Problem unplaced(EventCollector.Receipt receipt, ArrayNode rejected) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ArrayNode unplaced = json.arrayNode(receipt.unplaced().size());
        receipt.unplaced().forEach(unplaced::add);
        return new Problem(
                503,
                "events-unplaced",
                "The stream did not take %d of the events in time; send those in unplaced again."
                        .formatted(receipt.unplaced().size()),
                Map.of(
                        "unplaced", unplaced,
                        "accepted", json.numberNode(receipt.accepted()),
                        "rejected", rejected));
    }
}
