package dev.freshet.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudfront.HeadersReferrerPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseCustomHeader;
import software.amazon.awscdk.services.cloudfront.ResponseCustomHeadersBehavior;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersContentSecurityPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersContentTypeOptions;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersReferrerPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersStrictTransportSecurity;
import software.amazon.awscdk.services.cloudfront.ResponseSecurityHeadersBehavior;
import software.constructs.Construct;

/**
 * The response headers of one behaviour of the distribution, with HSTS of a year added. CloudFront
 * has a property of its own for each security header and refuses those as headers by name.
 */
record SiteHeaderPolicy(ResponseHeadersPolicy policy) {
    private static final Duration HSTS = Duration.days(365);

    /**
     * Returns a policy that states these headers, whatever the origin states.
     *
     * @param name unique in the account
     * @param headers by name; {@code Cache-Control} is left out
     * @throws IllegalArgumentException if a security header has a value that CloudFront cannot be
     *     told
     */
    static SiteHeaderPolicy of(
            Construct scope, String id, String name, Map<String, String> headers) {
        ResponseSecurityHeadersBehavior.Builder security =
                ResponseSecurityHeadersBehavior.builder()
                        .strictTransportSecurity(
                                ResponseHeadersStrictTransportSecurity.builder()
                                        .accessControlMaxAge(HSTS)
                                        .override(true)
                                        .build());
        List<ResponseCustomHeader> others = new ArrayList<>();
        new TreeMap<>(headers)
                .forEach(
                        (header, value) -> {
                            switch (header) {
                                case "Cache-Control" -> {}
                                case "Content-Security-Policy" ->
                                        security.contentSecurityPolicy(
                                                ResponseHeadersContentSecurityPolicy.builder()
                                                        .contentSecurityPolicy(value)
                                                        .override(true)
                                                        .build());
                                case "X-Content-Type-Options" -> {
                                    require(header, value, "nosniff");
                                    security.contentTypeOptions(
                                            ResponseHeadersContentTypeOptions.builder()
                                                    .override(true)
                                                    .build());
                                }
                                case "Referrer-Policy" -> {
                                    require(header, value, "no-referrer");
                                    security.referrerPolicy(
                                            ResponseHeadersReferrerPolicy.builder()
                                                    .referrerPolicy(
                                                            HeadersReferrerPolicy.NO_REFERRER)
                                                    .override(true)
                                                    .build());
                                }
                                default ->
                                        others.add(
                                                ResponseCustomHeader.builder()
                                                        .header(header)
                                                        .value(value)
                                                        .override(true)
                                                        .build());
                            }
                        });
        ResponseHeadersPolicy.Builder policy =
                ResponseHeadersPolicy.Builder.create(scope, id)
                        .responseHeadersPolicyName(name)
                        .securityHeadersBehavior(security.build());
        if (!others.isEmpty()) {
            policy.customHeadersBehavior(
                    ResponseCustomHeadersBehavior.builder().customHeaders(others).build());
        }
        return new SiteHeaderPolicy(policy.build());
    }

    private static void require(String header, String value, String only) {
        if (!value.equals(only)) {
            throw new IllegalArgumentException(
                    "headers.json: " + header + " must be " + only + ", not " + value + ".");
        }
    }
}
