package dev.freshet.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.ImportPermit;
import dev.freshet.access.Signer;
import dev.freshet.aws.Settings;
import dev.freshet.functions.HttpRequest.ViewerLocation;
import dev.freshet.functions.IdentityCheck.AnonymousIdLimit;
import dev.freshet.functions.Problem.ProblemException;
import dev.freshet.functions.runtime.MetricName;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.ingest.AdmissionControl;
import dev.freshet.ingest.ClockSkew;
import dev.freshet.ingest.EventCollector;
import dev.freshet.ingest.EventRule.Rejection;
import dev.freshet.ingest.ReceiptContext;
import dev.freshet.ingest.Submission;
import dev.freshet.json.MalformedJsonException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The handler of {@code POST /v1/events} and of {@code GET /v1/event-types} ({@link
 * EventTypesApi}). The responses to events are
 *
 * <ul>
 *   <li>202 with the number of accepted events, each rejection and the time of receipt, even if all
 *       events were rejected;
 *   <li>429 if more arrives than the stream accepts, before anything of the request is read or put;
 *   <li>503 with the indexes of the events that the stream did not accept, which alone are to be
 *       sent again;
 *   <li>400, 403, 413 or 415 if the request as a whole is not acceptable. One event of a user whom
 *       the caller may not name refuses the whole request, and so do too many anonymous users.
 * </ul>
 */
public final class CollectHandler extends HttpHandler {
    /** Maximum processing time of one request. */
    static final Duration BUDGET = Duration.ofSeconds(5);

    /** Part of the remaining time of the function that is reserved for the response. */
    static final Duration RESERVE = Duration.ofMillis(500);

    private final EventCollector collection;
    private final AdmissionControl admission;
    private final Supplier<Signer> permits;
    private final IdentityCheck identities;
    private final AnonymousIdLimit anonymousIds;
    private final ViewerLocation location;
    private final EventTypesApi types;
    private final boolean pagesTellAmounts;
    private final Metrics metrics;
    private final InstantSource clock;

    public CollectHandler() {
        this(new Wiring(Settings.fromEnvironment()));
    }

    public CollectHandler(Wiring wiring) {
        this(wiring, wiring.admission());
    }

    private CollectHandler(Wiring wiring, AdmissionControl admission) {
        this(
                wiring.collection(admission),
                admission,
                () -> wiring.signer(Signer.IMPORT_PERMIT),
                new IdentityCheck(wiring.policies().anonymousPrefix()),
                new ViewerLocation(wiring.policies().cloudFrontCountry()),
                new AnonymousIdLimit(wiring.policies().anonymousIdsPerRequest()),
                new EventTypesApi(wiring.policies().eventTypes(), wiring.policies().strengths()),
                wiring.policies().pagesTellAmounts(),
                wiring.metrics(),
                wiring.clock());
    }

    /**
     * Creates a handler over a given flow.
     *
     * @param admission learns from what {@code collection} puts
     * @param permits gives the signer that verifies import permits; called only for a request with
     *     one
     * @param pagesTellAmounts whether amounts of money count that publishable keys tell
     */
    CollectHandler(
            EventCollector collection,
            AdmissionControl admission,
            Supplier<Signer> permits,
            IdentityCheck identities,
            ViewerLocation location,
            AnonymousIdLimit anonymousIds,
            EventTypesApi types,
            boolean pagesTellAmounts,
            Metrics metrics,
            InstantSource clock) {
        this.collection = collection;
        this.admission = admission;
        this.permits = permits;
        this.identities = identities;
        this.anonymousIds = anonymousIds;
        this.location = location;
        this.types = types;
        this.pagesTellAmounts = pagesTellAmounts;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    protected Map<String, OperationHandler> operations() {
        return Map.of("collectEvents", this::collect, "listEventTypes", types::list);
    }

    private HttpResponse collect(HttpRequest request) throws MalformedJsonException {
        Instant now = clock.instant();
        Optional<Duration> stayAway = admission.begin(now);
        if (stayAway.isPresent()) {
            metrics.line().add(MetricName.SHED, 1).write();
            return overloaded(stayAway.get(), request.requestId());
        }
        try {
            return accept(request, now);
        } finally {
            admission.end();
        }
    }

    private HttpResponse accept(HttpRequest request, Instant now) throws MalformedJsonException {
        Submission submission = Submission.open(request.jsonBytes(Submission.MAX_BYTES));
        submission.parts().forEach(part -> identities.members(request.caller(), part.json()));
        anonymousIds.check(request.caller(), submission);
        Duration left = request.timeLeft().minus(RESERVE);
        EventCollector.Receipt receipt =
                collection.collect(
                        submission,
                        receipt(request, now),
                        now.plus(left.compareTo(BUDGET) < 0 ? left : BUDGET));
        Metrics.Line line =
                metrics.line()
                        .add(MetricName.ACCEPTED, receipt.accepted())
                        .add(MetricName.REJECTED, receipt.rejected().size())
                        .add(MetricName.NOT_STORED, receipt.notStored().size())
                        .add(MetricName.AMOUNTS_LEFT_OUT, receipt.amountsLeftOut())
                        .add(MetricName.SHED, 0);
        submission
                .sentAt()
                .ifPresent(
                        sentAt ->
                                line.add(
                                        MetricName.CLOCK_SKEW_SECONDS,
                                        ClockSkew.seconds(sentAt, now)));
        if (!receipt.rejected().isEmpty()) {
            line.property("refusals", byCode(receipt.rejected()));
        }
        line.write();
        ArrayNode rejected = rejected(receipt.rejected());
        return receipt.notStored().isEmpty()
                ? HttpResponse.json(202, accepted(receipt, rejected, now))
                : notStored(receipt, rejected).toResponse(request.requestId());
    }

    private static Map<String, Integer> byCode(List<Rejection> rejected) {
        Map<String, Integer> codes = new TreeMap<>();
        rejected.forEach(one -> codes.merge(one.code(), 1, Integer::sum));
        return codes;
    }

    private static HttpResponse overloaded(Duration stayAway, String requestId) {
        return new Problem(
                        429,
                        "overloaded",
                        "More events arrive than the stream accepts; no event of this request was"
                                + " stored. Send the whole request again after Retry-After.")
                .toResponse(requestId)
                .with("Retry-After", Long.toString(stayAway.toSeconds()));
    }

    private ReceiptContext receipt(HttpRequest request, Instant now) {
        return new ReceiptContext(
                now,
                request.header("User-Agent"),
                location.country(request),
                location.region(request),
                permit(request, now),
                request.trace(),
                pagesTellAmounts || request.caller().trusted());
    }

    private Optional<ImportPermit> permit(HttpRequest request, Instant now) {
        Optional<String> sent = request.header(ImportPermit.HEADER);
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        if (!request.caller().trusted()) {
            throw invalidPermit(
                    "An import permit is for servers; send it with a secret key or signed with IAM.");
        }
        Optional<ImportPermit> permit = ImportPermit.open(sent.get(), permits.get(), now);
        if (permit.isEmpty()) {
            throw invalidPermit(
                    "The import permit was not issued by this stack, has expired, or is for more"
                            + " than "
                            + ImportPermit.MAX_HOURS
                            + " hours; ask the owner of the stack for a new one.");
        }
        return permit;
    }

    private static ProblemException invalidPermit(String detail) {
        return ProblemException.of(403, "import-permit-invalid", detail);
    }

    /**
     * Returns the body of a 202. By {@code receivedAt} a client whose clock is wrong learns by how
     * much, and by {@code amountsLeftOut} a page of how many events the amount of money does not
     * count.
     */
    private static ObjectNode accepted(
            EventCollector.Receipt receipt, ArrayNode rejected, Instant receivedAt) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("accepted", receipt.accepted());
        answer.set("rejected", rejected);
        if (receipt.amountsLeftOut() > 0) {
            answer.put("amountsLeftOut", receipt.amountsLeftOut());
        }
        answer.put("receivedAt", receivedAt.toString());
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

    private static Problem notStored(EventCollector.Receipt receipt, ArrayNode rejected) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ArrayNode notStored = json.arrayNode(receipt.notStored().size());
        receipt.notStored().forEach(notStored::add);
        return new Problem(
                503,
                "events-not-stored",
                "The stream did not accept %d of the events in time; send those in notStored again."
                        .formatted(receipt.notStored().size()),
                Map.of(
                        "notStored", notStored,
                        "accepted", json.numberNode(receipt.accepted()),
                        "rejected", rejected));
    }
}
