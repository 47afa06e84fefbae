package dev.freshet.local.template;

/** Construction and parsing of ARNs of the local account. */
public final class Arns {

    /** Region of the local cloud. */
    public static final String REGION = "us-east-1";

    /** Account id of all local resources. */
    public static final String ACCOUNT = "000000000000";

    private Arns() {}

    /** Returns the ARN of a regional resource. */
    public static String of(String service, String resource) {
        return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
    }

    /** Returns the part of an ARN after the last colon or slash. */
    public static String name(String arn) {
        return arn.substring(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1);
    }
}
