package dev.freshet.cli.keys;

import dev.freshet.access.AccessKey.KeyKind;
import dev.freshet.access.KeyGenerator.Minted;
import dev.freshet.cli.connection.DeploymentOptions.Deployment;
import dev.freshet.cli.keys.KeyStore.KeyStoreOptions;
import dev.freshet.cli.keys.KeysCommand.Draft;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import dev.freshet.folder.LocalState;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code freshet dashboard}: makes a key for the dashboard and prints the page's address with it.
 */
@Command(
        name = "dashboard",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a key and prints the address of the dashboard with it.",
            "The key is in the fragment of the address, which browsers send to no server. It reads"
                    + " figures of the site and nothing else; with --experiments it also makes,"
                    + " changes and stops experiments. Works on the running local cloud, or with"
                    + " --stack on a stack on AWS that was deployed with site=true."
        })
public final class DashboardCommand implements Callable<Integer> {
    private static final String PATH = "/dashboard/";

    @Option(
            names = "--page",
            paramLabel = "URL",
            description =
                    "Where the pages are served, such as https://stats.example.org. Default: the"
                            + " address of the stack's own pages (output SiteUrl), else the local"
                            + " cloud.")
    private @Nullable String page;

    @Option(
            names = "--expires-in",
            paramLabel = "TIME",
            description =
                    "Time after which the key expires: 90m, 12h, 7d. Default: 12h; with --experiments"
                            + " 1h, at most 24h.")
    private @Nullable String expiresIn;

    @Option(
            names = "--experiments",
            description = "Make a key that may also make, change and stop experiments.")
    private boolean experiments;

    @Option(
            names = "--apart",
            description =
                    "Print the address and the key apart: the page asks for the key. A key in the"
                            + " address stays in the history of the browser that opens it.")
    private boolean apart;

    @Option(
            names = "--name",
            paramLabel = "TEXT",
            description =
                    "Name of the key, 1 to 64 characters, which the log of an experiment keeps."
                            + " Default: ${DEFAULT-VALUE}.")
    private String name = "dashboard";

    @Mixin private final KeyStoreOptions stores = new KeyStoreOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        KeyKind kind = experiments ? KeyKind.EXPERIMENTS : KeyKind.INSIGHTS;
        URI address = page();
        return KeyStore.with(stores, store -> open(store, address, kind));
    }

    private int open(KeyStore store, URI address, KeyKind kind) {
        AccessKeyService keys = store.keys();
        Instant now = keys.now();
        Instant end = KeyStoreOptions.end(expiresIn, now);
        Minted minted =
                KeysCommand.minted(
                        new Draft(kind, name, List.of(), now, end), new SigningOptions(), store);
        keys.issue(minted);
        String opened = apart ? address.toString() : address + "#key=" + minted.shown();
        return output.result(
                KeyView.issued(minted, "", now).put("address", opened),
                "The dashboard, until %s, for whoever has this %s:%n%s",
                String.valueOf(minted.row().expiresAt()).replaceFirst("\\.\\d+Z", "Z"),
                apart ? "key" : "address",
                apart ? opened + System.lineSeparator() + minted.shown() : opened);
    }

    private URI page() {
        String given = page;
        if (given == null) {
            Deployment deployment = stores.deployment();
            return deployment
                    .outputs()
                    .flatMap(outputs -> outputs.find("SiteUrl"))
                    .map(URI::create)
                    .or(() -> deployment.local().flatMap(LocalState::api))
                    .map(address -> address.resolve(PATH))
                    .orElseThrow(
                            CommandException.saying(
                                    "The stack has no pages: deploy it with -c site=true, or name the address at which they are served in front of it: --page https://stats.example.org."));
        }
        try {
            URI uri = new URI(given);
            boolean secure =
                    "https".equals(uri.getScheme())
                            || ("http".equals(uri.getScheme())
                                    && "127.0.0.1".equals(uri.getHost()));
            if (secure && uri.getHost() != null && uri.getRawFragment() == null) {
                return uri.resolve(PATH);
            }
        } catch (URISyntaxException malformed) {
            // the sentence below says it
        }
        throw new CommandException(
                "'%s' is not the address of a page: use https://host, without a fragment.", given);
    }
}
