package dev.freshet.infra;

import java.util.regex.Pattern;

/**
 * How callers are let in, each part given as CDK context.
 *
 * @param cacheSeconds {@code accessCacheSeconds}: 0 to 3600, how long API Gateway believes an
 *     answer of the authorizer; so long a revoked key lives on
 * @param audience {@code audience}: what user tokens have to name as {@code aud}
 * @param anonymousPrefix {@code anonymousPrefix}: what ids of anonymous readers begin with, and no
 *     user's does
 * @param publishable {@code publishableRate}, {@code publishableBurst}: of each publishable key
 * @param secret {@code secretRate}, {@code secretBurst}: of each secret key, and of all users whose
 *     tokens one key vouches for
 * @param signedApi {@code signedApi}: whether there is a second API for callers inside AWS, signed
 *     with IAM
 * @param waf {@code waf}: whether a web ACL stands in front ($5 a month, $1 a rule, $0.60 a million
 *     requests, in us-east-1)
 * @param wafRate {@code wafRate}: requests that one address may send in five minutes, 100 and more
 */
record AccessSettings(
        int cacheSeconds,
        String audience,
        String anonymousPrefix,
        Pace publishable,
        Pace secret,
        boolean signedApi,
        boolean waf,
        int wafRate) {
    private static final Pattern AUDIENCE = Pattern.compile("[A-Za-z0-9:/._-]{1,128}");
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_.:-]{1,32}");

    /** Requests a second, and at once. */
    record Pace(int rate, int burst) {
        /** This pace, if it is one that API Gateway keeps; {@code whose} names the setting. */
        Pace checked(String whose) {
            require(rate >= 1 && rate <= 10_000, whose + "Rate must be 1 to 10000");
            require(burst >= 1 && burst <= 5_000, whose + "Burst must be 1 to 5000");
            return this;
        }
    }

    AccessSettings {
        require(cacheSeconds >= 0 && cacheSeconds <= 3_600, "accessCacheSeconds must be 0 to 3600");
        require(
                AUDIENCE.matcher(audience).matches(),
                "audience must be 1 to 128 letters, digits, ':', '/', '.', '_' or '-'");
        require(
                PREFIX.matcher(anonymousPrefix).matches(),
                "anonymousPrefix must be 1 to 32 letters, digits, '-', '_', '.' or ':'");
        publishable = publishable.checked("publishable");
        secret = secret.checked("secret");
        require(wafRate >= 100 && wafRate <= 2_000_000_000, "wafRate must be 100 to 2000000000");
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }

    /**
     * Reads the context, with a default for each.
     *
     * @param whole what the API takes in all
     * @throws IllegalArgumentException with a sentence that names the setting
     */
    static AccessSettings from(CdkContext context, Stage stage, Pace whole) {
        return new AccessSettings(
                context.number("accessCacheSeconds", 60),
                context.text("audience").orElse("freshet-" + stage.wireName()),
                context.text("anonymousPrefix").orElse("anon-"),
                new Pace(
                        context.number("publishableRate", 500),
                        context.number("publishableBurst", 1_000)),
                new Pace(
                        context.number("secretRate", whole.rate),
                        context.number("secretBurst", whole.burst)),
                context.flag("signedApi", false),
                context.flag("waf", false),
                context.number("wafRate", 20_000));
    }
}
