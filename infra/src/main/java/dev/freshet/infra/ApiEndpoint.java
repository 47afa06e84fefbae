package dev.freshet.infra;

import java.util.Map;

/** What receives the requests of a site, and what CloudWatch calls its metrics. */
interface ApiEndpoint {
    /** Returns the address that the routes are below, which ends with a slash. */
    String url();

    /** Returns the name of the host that answers, without the stage. */
    String host();

    /** Returns the name of the stage, which is the first part of every path at that host. */
    String stage();

    /** Returns the dimensions of its metrics in the namespace {@code AWS/ApiGateway}. */
    Map<String, String> dimensions();

    /** Returns the name of the metric that counts responses with a status of 500 or above. */
    String serverErrors();

    /** Returns the name of the metric that counts responses with a status of 400 to 499. */
    String clientErrors();
}
