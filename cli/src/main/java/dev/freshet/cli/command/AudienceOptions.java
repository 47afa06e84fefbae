package dev.freshet.cli.command;

import dev.freshet.cli.client.FreshetClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a list that is the same for all users: of which country, of which items. */
final class AudienceOptions {
    @Option(
            names = "--country",
            paramLabel = "CC",
            description = "Country of the users: two letters, such as BR.")
    private @Nullable String country;

    @Option(names = "--tag", paramLabel = "TAG", description = "Only items with this tag.")
    private @Nullable String tag;

    /** Returns the options as further parameters of a query. */
    String parameters() {
        return FreshetClient.parameter("country", country) + FreshetClient.parameter("tag", tag);
    }
}
