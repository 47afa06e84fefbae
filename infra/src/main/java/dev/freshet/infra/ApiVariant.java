package dev.freshet.infra;

/** Whom an API made from the document lets in. */
enum ApiVariant {
    /** Keys and user tokens, which the authorizer judges. */
    KEYS("Api", "ApiLog", ""),

    /** Callers inside AWS, whose signature API Gateway checks and whose policies say what for. */
    SIGNED("SignedApi", "SignedApiLog", "-signed");

    /** The logical id of the API. */
    final String id;

    /** The logical id of its access log. */
    final String logId;

    /** What its name ends with, behind the stack's. */
    final String suffix;

    ApiVariant(String id, String logId, String suffix) {
        this.id = id;
        this.logId = logId;
        this.suffix = suffix;
    }
}
