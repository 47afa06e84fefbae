package dev.freshet.functions;

import java.util.Optional;

/**
 * The country and region in the headers of CloudFront. They are believed only where the owner of
 * the stack says that CloudFront sets them: without it, they are what the caller wrote.
 *
 * @param believed whether every request passes CloudFront
 */
record ViewerLocation(boolean believed) {
    private static final String COUNTRY = "CloudFront-Viewer-Country";
    private static final String REGION = "CloudFront-Viewer-Country-Region";

    /** Returns the country of a request, two capital letters. */
    Optional<String> country(HttpRequest request) {
        return header(request, COUNTRY, "[A-Z]{2}");
    }

    /** Returns the region of a request within its country. */
    Optional<String> region(HttpRequest request) {
        return header(request, REGION, "[A-Z0-9]{1,3}");
    }

    private Optional<String> header(HttpRequest request, String name, String form) {
        return believed
                ? request.header(name).filter(value -> value.matches(form))
                : Optional.empty();
    }
}
