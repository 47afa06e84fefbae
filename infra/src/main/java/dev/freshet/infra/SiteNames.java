package dev.freshet.infra;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/**
 * The names of what CloudFront keeps for the account as a whole: functions, policies and origin
 * access controls. Those of two stacks of an account must differ, and of one stack in two regions.
 * CloudFront allows 64 characters.
 */
final class SiteNames {
    /** What remains of 64 for the name of the stack: 9 are for the part, 16 for the region. */
    private static final int MAX_OF_STACK = 37;

    private static final int DIGITS = 8;

    private final String stackName;
    private final String region;

    SiteNames(Construct scope, String stackName) {
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
