package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.Settings;
import dev.freshet.event.EventTypes;
import dev.freshet.functions.Problem.ProblemException;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.json.Identifier;
import dev.freshet.privacy.ErasureFlow;
import dev.freshet.privacy.ErasureProgress;
import dev.freshet.privacy.ErasureResult;
import dev.freshet.privacy.ErasureResult.ErasureReceipt;
import dev.freshet.privacy.ExportFlow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The handler of the rights of data subjects: {@code GET /v1/users/{id}/export}, {@code GET
 * /v1/users/{id}/interactions}, {@code DELETE /v1/users/{id}} and {@code GET
 * /v1/users/{id}/erasure}.
 */
public final class PrivacyHandler extends HttpHandler {
    /** Maximum processing time of one request, after which it responds with what it has. */
    static final Duration BUDGET = Duration.ofSeconds(12);

    /** Part of the remaining time of the function that is reserved for the response. */
    static final Duration RESERVE = Duration.ofSeconds(5);

    private final ErasureFlow erasures;
    private final ErasureProgress progress;
    private final ExportFlow exports;
    private final UserInteractionsApi interactions;
    private final UnaryOperator<String> ids;
    private final EventTypes types;
    private final boolean lake;
    private final InstantSource clock;

    public PrivacyHandler() {
        this(new Wiring(Settings.fromEnvironment()));
    }

    public PrivacyHandler(Wiring wiring) {
        this(
                wiring.erasures(),
                wiring.erasureProgress(),
                wiring.exports(),
                new UserInteractionsApi(
                        wiring.stores().interactions(),
                        wiring.stores().users(),
                        wiring.ids(),
                        wiring.policies().eventTypes()),
                wiring.ids(),
                wiring.policies().eventTypes(),
                wiring.policies().hasLake(),
                wiring.clock());
    }

    /**
     * Creates a handler over given flows.
     *
     * @param ids maps a user id, as clients send it, to the id that is stored
     * @param types the types of events, which an export names
     * @param lake whether the stack has a lake, which an export names
     */
    PrivacyHandler(
            ErasureFlow erasures,
            ErasureProgress progress,
            ExportFlow exports,
            UserInteractionsApi interactions,
            UnaryOperator<String> ids,
            EventTypes types,
            boolean lake,
            InstantSource clock) {
        this.types = types;
        this.lake = lake;
        this.ids = ids;
        this.erasures = erasures;
        this.progress = progress;
        this.exports = exports;
        this.interactions = interactions;
        this.clock = clock;
    }

    @Override
    protected Map<String, OperationHandler> operations() {
        return Map.of(
                "eraseUser",
                this::erase,
                "getErasure",
                request -> HttpResponse.json(200, erasure(request)),
                "listInteractions",
                interactions::list,
                "exportUser",
                request ->
                        HttpResponse.json(200, export(request)).with("Cache-Control", "no-store"));
    }

    private HttpResponse erase(HttpRequest request) {
        String id = request.id(Identifier.USER, "bad-user-id");
        return switch (erasures.erase(ids.apply(id), deadline(request))) {
            case ErasureReceipt receipt -> HttpResponse.json(200, PrivacyJson.receipt(id, receipt));
            case ErasureResult.Deferred(Duration wait) -> deferred(wait, request.requestId());
        };
    }

    private static HttpResponse deferred(Duration wait, String requestId) {
        return new Problem(
                        429,
                        "erasure-too-soon",
                        "An erasure of this id began less than a minute ago, and is still under way"
                                + " or has been followed by new data; nothing was done. Send the"
                                + " request again after Retry-After.")
                .toResponse(requestId)
                .with("Retry-After", Long.toString(wait.plusMillis(999).toSeconds()));
    }

    private JsonNode erasure(HttpRequest request) {
        String id = request.id(Identifier.USER, "bad-user-id");
        return progress.of(ids.apply(id))
                .map(state -> PrivacyJson.state(id, state, clock.instant()))
                .orElseThrow(PrivacyHandler::unknown);
    }

    private JsonNode export(HttpRequest request) {
        String id = request.id(Identifier.USER, "bad-user-id");
        try {
            return PrivacyJson.export(
                    id,
                    exports.part(
                            ids.apply(id), request.query("next").orElse(null), deadline(request)),
                    types,
                    lake);
        } catch (ExportFlow.UnknownPartException unknown) {
            throw ProblemException.of(
                    400,
                    "unknown-part",
                    "next is not valid. Send it exactly as the previous part gave it; without"
                            + " it the export starts from the beginning.");
        }
    }

    private Instant deadline(HttpRequest request) {
        Duration left = request.timeLeft().minus(RESERVE);
        return clock.instant().plus(left.compareTo(BUDGET) < 0 ? left : BUDGET);
    }

    private static ProblemException unknown() {
        return ProblemException.of(
                404,
                "unknown-erasure",
                "No erasure of this id is known, or it is so old that nothing of the data"
                        + " could be restored any more.");
    }
}
