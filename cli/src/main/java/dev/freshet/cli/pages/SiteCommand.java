package dev.freshet.cli.pages;

import picocli.CommandLine.Command;

/** {@code freshet site}: the parent of what is done with the pages of a stack. */
@Command(
        name = "site",
        mixinStandardHelpOptions = true,
        description =
                "The pages (dashboard, playground, reference) of a stack that was deployed with"
                        + " site=true.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = PutSiteCommand.class)
final class SiteCommand {}
