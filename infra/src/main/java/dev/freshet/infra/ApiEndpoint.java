package dev.freshet.infra;

import java.util.Map;
import software.amazon.awscdk.Stack;

/**
 * What receives the requests of a site, and what CloudWatch calls its metrics.
 *
 * @param id id of the API
 * @param url address that the routes are below, which ends with a slash
 * @param host name of the host that answers, without the stage
 * @param stage name of the stage, which is the first part of every path at that host
 * @param dimensions dimensions of its metrics in the namespace {@code AWS/ApiGateway}
 * @param serverErrors name of the metric that counts responses with a status of 500 or above
 * @param clientErrors name of the metric that counts responses with a status of 400 to 499
 */
record ApiEndpoint(
        String id,
        String url,
        String host,
        String stage,
        Map<String, String> dimensions,
        String serverErrors,
        String clientErrors) {

    /** Returns the same API below another address. */
    ApiEndpoint at(String otherUrl) {
        return new ApiEndpoint(id, otherUrl, host, stage, dimensions, serverErrors, clientErrors);
    }

    /** Returns the name of the host of an API with an id in the region of a stack. */
    static String host(Stack stack, String apiId) {
        return "%s.execute-api.%s.%s".formatted(apiId, stack.getRegion(), stack.getUrlSuffix());
    }
}
