package dev.freshet.local.template;

/** ARNs of the local account. */
public final class Arns {

    /** The region that the local cloud is in. */
    public static final String REGION = "us-east-1";

    /** The account that everything local belongs to. */
    public static final String ACCOUNT = "000000000000";

    private Arns() {}

    /** The ARN of a regional resource. */
    public static String of(String service, String resource) {
        return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
    }

    /** What follows the last colon or slash of an ARN. */
    public static String name(String arn) {
        return arn.substring(Math.max(arn.lastIndexOf(':'), arn.lastIndexOf('/')) + 1);
    }
}
