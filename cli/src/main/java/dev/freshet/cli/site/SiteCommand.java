package dev.freshet.cli.site;

import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.aws.SiteHeaders;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.cli.connection.StackOutputs.StackNameOption;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import dev.freshet.folder.Checkout;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.sync.RequestBody;

/** {@code freshet site}: the pages of a stack. */
@Command(
        name = "site",
        mixinStandardHelpOptions = true,
        description =
                "The pages (dashboard, playground, reference) of a stack that was deployed with"
                        + " site=true.",
        synopsisSubcommandLabel = "COMMAND")
public final class SiteCommand {
    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Copies the built pages into the bucket of a stack, with your AWS credentials."
                        + " Assets come before the pages that name them. Nothing is deleted, because an"
                        + " open page may still ask for an asset of an earlier build.",
                "Deploy the stack first: the headers of the pages are a part of it."
            })
    int put(
            @Mixin StackNameOption stack,
            @Option(
                            names = "--folder",
                            paramLabel = "FOLDER",
                            description =
                                    "The built pages. Default: web/site/dist of this checkout.")
                    @Nullable Path folder,
            @Mixin Output output)
            throws IOException {
        StackOutputs outputs =
                stack.outputs()
                        .orElseThrow(CommandException.saying("Name the stack with --stack."));
        String bucket = output(outputs, "SiteBucketName");
        String url = output(outputs, "SiteUrl");
        BuiltSite site =
                BuiltSite.read(folder == null ? Checkout.find().resolve("web/site/dist") : folder);
        CommandException.require(
                site.headersHash().equals(output(outputs, "SiteHeadersHash")),
                "%s of the pages is not that of the stack: deploy the stack from the same checkout, then put the pages.",
                SiteHeaders.FILE);
        try (Clients clients = new Clients(Settings.from(outputs.variables()))) {
            for (BuiltSite.SiteFile file : site.files()) {
                clients.s3()
                        .putObject(
                                request ->
                                        request.bucket(bucket)
                                                .key(file.key())
                                                .contentType(file.contentType())
                                                .cacheControl(file.cacheControl()),
                                RequestBody.fromFile(file.path()));
                output.note(file.key());
            }
        }
        int files = site.files().size();
        return output.result(
                new Put(files, url), "%d files. The pages are at %sdashboard/", files, url);
    }

    /** How many files were put, and where the pages are. */
    private record Put(int files, String address) {}

    private static String output(StackOutputs outputs, String name) {
        return outputs.require(name, "has no pages: deploy it with -c site=true.");
    }
}
