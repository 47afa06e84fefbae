package dev.freshet.local;

import dev.freshet.aws.Setting;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.bulk.BulkRun;
import dev.freshet.local.host.LocalCloudException;
import dev.freshet.local.template.Cloud;
import dev.freshet.local.template.FunctionDefinition;
import dev.freshet.store.RetentionPolicy;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * The function that makes lists in bulk on a local cloud. There is no state machine: the command
 * that asks for the lists invokes the function itself.
 */
final class BulkSetup {
    private static final String FUNCTION = "bulk";

    /** The timeout of the function in the stack. */
    private static final Duration TIMEOUT = Duration.ofSeconds(110);

    private BulkSetup() {}

    /**
     * Returns the resources with the function, if the settings ask for it and the template has
     * none: that of {@code recommend} with another handler. Functions that read how long stores
     * keep data, as that of privacy does for its receipts, then find how long lists are kept.
     */
    static Cloud added(Cloud cloud, StackSettings settings) {
        if (!settings.get(StackOptions.BULK) || has(cloud)) {
            return cloud;
        }
        FunctionDefinition recommend =
                cloud.functions().stream()
                        .filter(function -> function.name().equals("recommend"))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new LocalCloudException(
                                                "The template has no function that recommends, so"
                                                        + " that it can make no lists in bulk."));
        return cloud.with(
                        new FunctionDefinition(
                                FUNCTION,
                                "dev.freshet.functions.BulkHandler",
                                TIMEOUT,
                                recommend.memoryMegabytes(),
                                OptionalInt.empty(),
                                false,
                                recommend.environment()))
                .withEach(BulkSetup::keepingLists);
    }

    private static FunctionDefinition keepingLists(FunctionDefinition function) {
        String variable = Setting.RETENTION.variable();
        String kept = function.environment().get(variable);
        return kept == null
                ? function
                : function.with(
                        variable,
                        RetentionPolicy.parse(kept)
                                .with(RetentionPolicy.Kind.BULK, BulkRun.GONE_DAYS)
                                .text());
    }

    private static boolean has(Cloud cloud) {
        return cloud.functions().stream().anyMatch(function -> function.name().equals(FUNCTION));
    }
}
