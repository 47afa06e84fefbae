package dev.freshet.local.gateway;

/** Decision whether a request is passed to its function. */
sealed interface AccessOutcome {

    /** The authorizer admitted the request with this grant. */
    record Admitted(Grant grant) implements AccessOutcome {}

    /** The route has no authorizer, so the request is admitted without a grant. */
    record Open() implements AccessOutcome {}

    /** The request is refused. */
    record Refused(GatewayResponses.Kind kind) implements AccessOutcome {}
}
