package dev.freshet.infra;

import dev.freshet.aws.SiteHeaders;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.cloudfront.AccessLevel;
import software.amazon.awscdk.services.cloudfront.AllowedMethods;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.ErrorResponse;
import software.amazon.awscdk.services.cloudfront.Function;
import software.amazon.awscdk.services.cloudfront.FunctionAssociation;
import software.amazon.awscdk.services.cloudfront.FunctionCode;
import software.amazon.awscdk.services.cloudfront.FunctionEventType;
import software.amazon.awscdk.services.cloudfront.FunctionRuntime;
import software.amazon.awscdk.services.cloudfront.HeadersReferrerPolicy;
import software.amazon.awscdk.services.cloudfront.HttpVersion;
import software.amazon.awscdk.services.cloudfront.IOrigin;
import software.amazon.awscdk.services.cloudfront.OriginProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.OriginRequestPolicy;
import software.amazon.awscdk.services.cloudfront.OriginSslPolicy;
import software.amazon.awscdk.services.cloudfront.PriceClass;
import software.amazon.awscdk.services.cloudfront.ResponseCustomHeader;
import software.amazon.awscdk.services.cloudfront.ResponseCustomHeadersBehavior;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersContentSecurityPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersContentTypeOptions;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersReferrerPolicy;
import software.amazon.awscdk.services.cloudfront.ResponseHeadersStrictTransportSecurity;
import software.amazon.awscdk.services.cloudfront.ResponseSecurityHeadersBehavior;
import software.amazon.awscdk.services.cloudfront.S3OriginAccessControl;
import software.amazon.awscdk.services.cloudfront.SecurityPolicyProtocol;
import software.amazon.awscdk.services.cloudfront.Signing;
import software.amazon.awscdk.services.cloudfront.ViewerProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.origins.HttpOrigin;
import software.amazon.awscdk.services.cloudfront.origins.S3BucketOrigin;
import software.amazon.awscdk.services.cloudfront.origins.S3BucketOriginWithOACProps;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/**
 * The pages of the stack (dashboard, playground, reference) and its API under one host: a
 * CloudFront distribution with {@code /v1/*} to the API and everything else to a private bucket,
 * which {@code ./freshet site put} fills.
 *
 * <p>The pages' response headers are those of the site's {@link SiteHeaders}: one behaviour and one
 * policy for each prefix. {@code Cache-Control} is left out of the policies, because a policy also
 * applies to errors, and a missing asset must not be cached for a year; it is stored with the
 * objects.
 *
 * <p>Error pages are not replaced: a distribution has one list of them for all behaviours, so a
 * page for a missing file would also replace the API's problem documents. For the same reason no
 * error is cached, or CloudFront would repeat one caller's 404 to another caller for ten seconds.
 */
final class SitePages extends Construct {
    /** The function that turns the address of a folder into that of its page. */
    private static final String REWRITE = "/site-rewrite.js";

    /** All that CloudFront can be told not to cache. */
    private static final List<Integer> ERRORS =
            List.of(400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504);

    /** Headers of answers of the API, which are data: a browser must not render one as a page. */
    private static final Map<String, String> API_HEADERS =
            Map.of(
                    "Content-Security-Policy",
                    "default-src 'none'; frame-ancestors 'none'",
                    "X-Content-Type-Options",
                    "nosniff",
                    "Referrer-Policy",
                    "no-referrer");

    private static final Duration HSTS = Duration.days(365);

    final Distribution distribution;
    private final Optional<String> domain;

    /** The {@link SiteHeaders#hash} of the headers that the policies state. */
    final String headersHash;

    /**
     * @param site the folder whose {@link SiteHeaders#FILE} states the headers
     * @param bucket what the pages are stored in
     * @param endpoint the API
     */
    SitePages(
            Construct scope,
            StackSettings settings,
            Path site,
            Bucket bucket,
            ApiEndpoint endpoint) {
        super(scope, "SitePages");
        Names names = new Names(this, settings.get(StackOptions.STACK_NAME));
        SiteHeaders headers = SiteHeaders.of(site);
        headersHash = SiteHeaders.hash(site);
        S3OriginAccessControl access =
                S3OriginAccessControl.Builder.create(this, "Access")
                        .originAccessControlName(names.of("pages"))
                        .signing(Signing.SIGV4_ALWAYS)
                        .build();
        IOrigin files =
                S3BucketOrigin.withOriginAccessControl(
                        bucket,
                        S3BucketOriginWithOACProps.builder()
                                .originAccessControl(access)
                                // A key that is missing is 404 only for who may list, else 403.
                                .originAccessLevels(List.of(AccessLevel.READ, AccessLevel.LIST))
                                .build());
        Function rewrite = rewrite(names);
        Map<String, BehaviorOptions> behaviours = new TreeMap<>();
        List<String> prefixes = headers.prefixes();
        for (int i = 0; i < prefixes.size(); i++) {
            String prefix = prefixes.get(i);
            ResponseHeadersPolicy policy =
                    headerPolicy(
                            this, "HeadersOf" + i, names.of("headers" + i), headers.at(prefix));
            behaviours.put(pattern(prefix), pages(files, policy, rewrite));
        }
        behaviours.put("/v1/*", api(endpoint, names));
        ResponseHeadersPolicy usual =
                headerPolicy(this, "Headers", names.of("headers"), headers.at("/"));
        String stack = settings.get(StackOptions.STACK_NAME);
        Distribution.Builder builder =
                Distribution.Builder.create(this, "Distribution")
                        .comment("Freshet: pages and API of " + stack)
                        .defaultBehavior(pages(files, usual, rewrite))
                        .additionalBehaviors(behaviours)
                        .defaultRootObject("index.html")
                        .errorResponses(ERRORS.stream().map(SitePages::uncached).toList())
                        .httpVersion(HttpVersion.HTTP2_AND_3)
                        .priceClass(PriceClass.PRICE_CLASS_100);
        domain = settings.find(StackOptions.DOMAIN);
        domain.ifPresent(
                name ->
                        builder.domainNames(List.of(name))
                                .minimumProtocolVersion(SecurityPolicyProtocol.TLS_V1_2_2021)
                                .certificate(
                                        Certificate.fromCertificateArn(
                                                this,
                                                "Certificate",
                                                settings.get(StackOptions.CERTIFICATE_ARN))));
        distribution = builder.build();
        FreshetStack.pin(distribution, "SiteDistribution");
        acknowledge();
    }

    /** Returns the address of the pages, which ends with a slash. */
    String url() {
        return "https://" + domain.orElseGet(distribution::getDistributionDomainName) + "/";
    }

    /**
     * Returns the pattern of the paths below a folder, and of the folder without its last slash:
     * such an address is that of the folder's page, and needs the same headers.
     */
    private static String pattern(String prefix) {
        return (prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix) + "*";
    }

    private static BehaviorOptions pages(
            IOrigin files, ResponseHeadersPolicy headers, Function rewrite) {
        return BehaviorOptions.builder()
                .origin(files)
                .allowedMethods(AllowedMethods.ALLOW_GET_HEAD)
                .viewerProtocolPolicy(ViewerProtocolPolicy.REDIRECT_TO_HTTPS)
                .cachePolicy(CachePolicy.CACHING_OPTIMIZED)
                .responseHeadersPolicy(headers)
                .functionAssociations(
                        List.of(
                                FunctionAssociation.builder()
                                        .eventType(FunctionEventType.VIEWER_REQUEST)
                                        .function(rewrite)
                                        .build()))
                .compress(true)
                .build();
    }

    /**
     * Returns the behaviour of the API. All headers of the caller but {@code Host} are passed on,
     * the only way in which {@code Authorization} is, and nothing is cached. Over plain HTTP a
     * request is refused, since a redirect would come after the credential was sent.
     */
    private BehaviorOptions api(ApiEndpoint endpoint, Names names) {
        return BehaviorOptions.builder()
                .origin(
                        HttpOrigin.Builder.create(endpoint.host())
                                .originPath("/" + endpoint.stage())
                                .protocolPolicy(OriginProtocolPolicy.HTTPS_ONLY)
                                .originSslProtocols(List.of(OriginSslPolicy.TLS_V1_2))
                                .build())
                .allowedMethods(AllowedMethods.ALLOW_ALL)
                .viewerProtocolPolicy(ViewerProtocolPolicy.HTTPS_ONLY)
                .cachePolicy(CachePolicy.CACHING_DISABLED)
                .originRequestPolicy(OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER)
                .responseHeadersPolicy(
                        headerPolicy(this, "HeadersOfApi", names.of("api"), API_HEADERS))
                .compress(false)
                .build();
    }

    private Function rewrite(Names names) {
        try (InputStream code = SitePages.class.getResourceAsStream(REWRITE)) {
            if (code == null) {
                throw new IllegalStateException(REWRITE + " is not on the class path");
            }
            return Function.Builder.create(this, "Rewrite")
                    .functionName(names.of("paths"))
                    .comment("Freshet: the page of a folder")
                    .runtime(FunctionRuntime.JS_2_0)
                    .code(
                            FunctionCode.fromInline(
                                    new String(code.readAllBytes(), StandardCharsets.UTF_8)))
                    .build();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Returns a policy that states these headers, whatever the origin states, and HSTS of a year.
     * CloudFront has a property of its own for each security header and refuses those as headers by
     * name.
     *
     * @param name unique in the account
     * @param headers by name; {@code Cache-Control} is left out
     * @throws IllegalArgumentException if a security header has a value that CloudFront cannot be
     *     told
     */
    static ResponseHeadersPolicy headerPolicy(
            Construct scope, String id, String name, Map<String, String> headers) {
        ResponseSecurityHeadersBehavior.Builder security =
                ResponseSecurityHeadersBehavior.builder()
                        .strictTransportSecurity(
                                ResponseHeadersStrictTransportSecurity.builder()
                                        .accessControlMaxAge(HSTS)
                                        .override(true)
                                        .build());
        List<ResponseCustomHeader> others = new ArrayList<>();
        for (Map.Entry<String, String> header : new TreeMap<>(headers).entrySet()) {
            String value = header.getValue();
            switch (header.getKey()) {
                case "Cache-Control" -> {}
                case "Content-Security-Policy" ->
                        security.contentSecurityPolicy(
                                ResponseHeadersContentSecurityPolicy.builder()
                                        .contentSecurityPolicy(value)
                                        .override(true)
                                        .build());
                case "X-Content-Type-Options" -> {
                    require(header.getKey(), value, "nosniff");
                    security.contentTypeOptions(
                            ResponseHeadersContentTypeOptions.builder().override(true).build());
                }
                case "Referrer-Policy" -> {
                    require(header.getKey(), value, "no-referrer");
                    security.referrerPolicy(
                            ResponseHeadersReferrerPolicy.builder()
                                    .referrerPolicy(HeadersReferrerPolicy.NO_REFERRER)
                                    .override(true)
                                    .build());
                }
                default ->
                        others.add(
                                ResponseCustomHeader.builder()
                                        .header(header.getKey())
                                        .value(value)
                                        .override(true)
                                        .build());
            }
        }
        ResponseHeadersPolicy.Builder policy =
                ResponseHeadersPolicy.Builder.create(scope, id)
                        .responseHeadersPolicyName(name)
                        .securityHeadersBehavior(security.build());
        if (!others.isEmpty()) {
            policy.customHeadersBehavior(
                    ResponseCustomHeadersBehavior.builder().customHeaders(others).build());
        }
        return policy.build();
    }

    private static void require(String header, String value, String only) {
        if (!value.equals(only)) {
            throw new IllegalArgumentException(
                    "headers.json: " + header + " must be " + only + ", not " + value + ".");
        }
    }

    private static ErrorResponse uncached(int status) {
        return ErrorResponse.builder().httpStatus(status).ttl(Duration.seconds(0)).build();
    }

    private void acknowledge() {
        Map.of(
                        "CFR1",
                        "The pages contain no data of users, and the API behind them is as open to every"
                                + " country as its own address is.",
                        "CFR2",
                        "A web ACL of CloudFront has to be in us-east-1 and costs $5 a month and more; with"
                                + " waf=true the one of the API also applies to requests by this way.",
                        "CFR3",
                        "Access logs of CloudFront contain addresses and paths with ids of users. The access"
                                + " log of the API contains each of its requests without either.",
                        "CFR4",
                        "The certificate of cloudfront.net accepts TLS 1.0 of a viewer that offers nothing"
                                + " better; every browser that can run the pages offers TLS 1.2 or 1.3.")
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(one -> Acknowledged.at(distribution, one.getKey(), one.getValue()));
    }

    /**
     * The names of what CloudFront keeps for the account as a whole: functions, policies and origin
     * access controls. Those of two stacks of an account must differ, and of one stack in two
     * regions. CloudFront allows 64 characters.
     */
    private static final class Names {
        /** What remains of 64 for the name of the stack: 9 are for the part, 16 for the region. */
        private static final int MAX_OF_STACK = 37;

        private static final int DIGITS = 8;

        private final String stackName;
        private final String region;

        Names(Construct scope, String stackName) {
            this.stackName = shortened(stackName);
            this.region = Stack.of(scope).getRegion();
        }

        /** Returns the name of a part, which has at most nine letters and digits. */
        String of(String part) {
            return stackName + "-" + part + "-" + region;
        }

        private static String shortened(String name) {
            if (name.length() <= MAX_OF_STACK) {
                return name;
            }
            CRC32 sum = new CRC32();
            sum.update(name.getBytes(StandardCharsets.UTF_8));
            return name.substring(0, MAX_OF_STACK - DIGITS)
                    + HexFormat.of().toHexDigits(sum.getValue(), DIGITS);
        }
    }
}
