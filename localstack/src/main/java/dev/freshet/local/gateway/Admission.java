package dev.freshet.local.gateway;

/** Whether a request goes on to its function. */
sealed interface Admission {

    /** It does, with what the authorizer said. */
    record Admitted(Grant grant) implements Admission {}

    /** It does; nobody was asked, since the document names no authorizer. */
    record Open() implements Admission {}

    /** It does not. */
    record Refused(Refusals.Kind kind) implements Admission {}
}
