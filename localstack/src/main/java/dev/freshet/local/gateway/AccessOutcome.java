package dev.freshet.local.gateway;

/** Whether a request goes on to its function. */
sealed interface AccessOutcome {

    /** It does, with what the authorizer said. */
    record Admitted(Grant grant) implements AccessOutcome {}

    /** It does; nobody was asked, since the document names no authorizer. */
    record Open() implements AccessOutcome {}

    /** It does not. */
    record Refused(GatewayResponses.Kind kind) implements AccessOutcome {}
}
