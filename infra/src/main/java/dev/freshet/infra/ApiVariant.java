package dev.freshet.infra;

/** The variants of the REST API, which differ in how callers are authenticated. */
enum ApiVariant {
    /** Callers send an access key or a user token, which the authorizer function checks. */
    KEYS("Api", "ApiLog", ""),

    /**
     * Callers inside AWS sign requests with IAM credentials; API Gateway checks signature and
     * policy.
     */
    SIGNED("SignedApi", "SignedApiLog", "-signed");

    /** The logical id of the API. */
    final String id;

    /** The logical id of the access log. */
    final String logId;

    /** The suffix of the API's name, which begins with the name of the stack. */
    final String suffix;

    ApiVariant(String id, String logId, String suffix) {
        this.id = id;
        this.logId = logId;
        this.suffix = suffix;
    }
}
