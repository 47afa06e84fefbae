package dev.freshet.local;

import dev.freshet.aws.Setting;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.local.host.LocalCloudException;
import dev.freshet.local.template.Cloud;
import dev.freshet.local.template.Cloud.FunctionDefinition;
import dev.freshet.recommend.BulkRun;
import dev.freshet.store.RetentionPolicy;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Functions of options that the template was synthesized without and a local cloud is asked for:
 * that of the lake, and the one that makes lists in bulk. Each is another function of the template
 * with another handler.
 */
final class OptionalFunctions {
    /** The name of the function that transforms events into rows of the lake. */
    static final String LAKE = "lake";

    /**
     * The bucket of how far settling has come, which the states of erasures are derived from, and
     * of the answers of queries: under the name that the bucket of a stack's lake has here.
     */
    private static final String LAKE_BUCKET = "freshet-lakebucket";

    /** Functions that read objects of the lake's bucket: erasures, and answers of queries. */
    private static final Set<String> LAKE_READERS = Set.of("privacy", "recommend");

    /**
     * The name of the function that makes lists in bulk. There is no state machine: the command
     * that asks for the lists invokes the function itself.
     */
    private static final String BULK = "bulk";

    private OptionalFunctions() {}

    /** Returns the resources with the functions that the settings ask for. */
    static Cloud added(Cloud cloud, StackSettings settings) {
        Cloud all = cloud;
        if (settings.get(StackOptions.LAKE) && all.function(LAKE).isEmpty()) {
            all =
                    all.with(another(all, "features", LAKE, "LakeHandler", Duration.ofMinutes(5)))
                            .with(LAKE_BUCKET)
                            .withEach(
                                    each ->
                                            LAKE_READERS.contains(each.name())
                                                    ? each.with(
                                                            Setting.LAKE_BUCKET.variable(),
                                                            LAKE_BUCKET)
                                                    : each);
        }
        if (settings.get(StackOptions.BULK) && all.function(BULK).isEmpty()) {
            all =
                    all.with(
                                    another(
                                            all,
                                            "recommend",
                                            BULK,
                                            "BulkHandler",
                                            Duration.ofSeconds(110)))
                            .withEach(OptionalFunctions::keepingLists);
        }
        return all;
    }

    private static FunctionDefinition another(
            Cloud cloud, String like, String name, String handler, Duration timeout) {
        FunctionDefinition model =
                cloud.function(like)
                        .orElseThrow(
                                () ->
                                        new LocalCloudException(
                                                ("The template has no function %s, so that it can"
                                                                + " have none of the name %s.")
                                                        .formatted(like, name)));
        return new FunctionDefinition(
                name,
                "dev.freshet.functions." + handler,
                timeout,
                model.memoryMegabytes(),
                OptionalInt.empty(),
                false,
                model.environment());
    }

    /**
     * Lets a function that reads how long stores keep data, as that of privacy does for its
     * receipts, find how long lists are kept.
     */
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
}
