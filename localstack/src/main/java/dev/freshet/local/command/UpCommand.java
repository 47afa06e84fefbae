package dev.freshet.local.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.console.Output;
import dev.freshet.folder.OwnerKeys;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.Options;
import dev.freshet.local.Options.Switch;
import dev.freshet.local.emulator.ParentWatch;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet up}: runs a local cloud until it is interrupted. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Starts the local cloud, which has emulators, functions and the API, and runs until Ctrl-C.",
            "Its state is kept in .freshet/ and survives a restart; so do the two keys that the"
                    + " first start makes for you."
        })
public final class UpCommand implements Callable<Integer> {

    @Mixin private final CloudOptions cloud = new CloudOptions();

    @Option(
            names = "--with-parent",
            hidden = true,
            description = "End when standard input ends, for a process that starts this one.")
    private boolean withParent;

    @Option(
            names = "--repeat-deliveries",
            hidden = true,
            description = "Deliver batches to the lake twice at times, as after a crash.")
    private boolean repeatDeliveries;

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        if (withParent) {
            ParentWatch.begin();
        }
        Options asked = cloud.options(output::note);
        Options options = repeatDeliveries ? asked.with(Switch.REPEATED_DELIVERIES) : asked;
        long started = System.nanoTime();
        try (LocalCloud running = LocalCloud.start(options)) {
            Thread closing = new Thread(running::close, "closing");
            Runtime.getRuntime().addShutdownHook(closing);
            long ms = (System.nanoTime() - started) / 1_000_000;
            ObjectNode ready =
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("api", running.apiUri().toString())
                            .put("state", running.stateFolder().toString())
                            .put("startMs", ms);
            running.ownerKeys()
                    .ifPresent(
                            keys ->
                                    ready.put("publishableKey", keys.publishable())
                                            .put("secretKey", keys.secret()));
            output.result(
                    ready,
                    "Freshet is up at %s after %d ms. Ctrl-C ends it."
                                    .formatted(running.apiUri(), ms)
                            + running.ownerKeys().map(UpCommand::text).orElse(""));
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private static String text(OwnerKeys keys) {
        return """

        Your keys, for the header Authorization: Bearer KEY. The commands of this checkout send the second.
          %s  for pages
          %s  for servers\
        """
                .formatted(keys.publishable(), keys.secret());
    }
}
