package dev.freshet.aws.option;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Lambda functions of a stack. */
public enum StackFunction {
    AUTHORIZE,
    COLLECT,
    RECOMMEND,
    CATALOG,
    PROFILE,
    PRIVACY,
    FEATURES,
    TRAIN,
    COMPACT,
    RETAIN,
    SCALE,
    CANARY,
    LAKE,
    LAKE_TABLES,
    BULK,
    ANNOUNCE;

    /**
     * Returns the function's logical id in the template, such as {@code Authorize} or {@code
     * LakeTables}.
     */
    public String id() {
        return Stream.of(name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
