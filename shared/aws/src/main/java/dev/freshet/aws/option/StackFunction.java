package dev.freshet.aws.option;

import java.util.Locale;

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
    RETAIN;

    /** Returns the function's logical id in the template, such as {@code Authorize}. */
    public String id() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
}
