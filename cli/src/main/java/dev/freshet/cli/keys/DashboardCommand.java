package dev.freshet.cli.keys;

import dev.freshet.access.KeyGenerator;
import dev.freshet.access.KeyGenerator.Minted;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.connection.DeploymentOptions.Deployment;
import dev.freshet.cli.connection.LocalState;
import dev.freshet.cli.keys.KeyStore.KeyStoreOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
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
            "Makes an insights key and prints the address of the dashboard with it.",
            "The key is in the fragment of the address, which browsers send to no server. It reads"
                    + " figures of the site and nothing else. Works on the running local cloud, or with"
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
                    "Time after which the key expires: 90m, 12h, 7d. Default: ${DEFAULT-VALUE}.")
    private String expiresIn = "12h";

    @Mixin private final KeyStoreOptions stores = new KeyStoreOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        Duration life = KeyStoreOptions.time("--expires-in", expiresIn);
        URI address = page();
        return KeyStore.with(stores, store -> open(store, address, life));
    }

    private int open(KeyStore store, URI address, Duration life) {
        AccessKeyService keys = store.keys();
        Instant now = keys.now();
        Minted minted =
                new KeyGenerator(new SecureRandom()).insights("dashboard", now, now.plus(life));
        keys.issue(minted);
        String opened = address + "#key=" + minted.shown();
        return output.result(
                KeyView.issued(minted, "", now).put("address", opened),
                "The dashboard, until %s, for whoever has this address:%n%s",
                String.valueOf(minted.row().expiresAt()),
                opened);
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
