package dev.freshet.local.command;

import dev.freshet.cli.connection.DeploymentOptions.StateOptions;
import dev.freshet.console.CommandException;
import dev.freshet.folder.Checkout;
import dev.freshet.local.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code freshet worker}: runs the worker on the running local cloud. */
@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        description = {
            "Reads the streams of the local cloud with the worker, and runs until Ctrl-C.",
            "The cloud is started with './freshet up --consumer worker'. Several workers share the"
                    + " shards."
        })
public final class WorkerCommand implements Callable<Integer> {

    private static final String START = "start one with './freshet up --consumer worker'.";

    @Mixin private final StateOptions state = new StateOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path home = Checkout.find();
        Map<String, String> environment =
                state.state(START).environmentWithSecret().orElseThrow(() -> state.noneRuns(START));
        if (!environment.containsKey("FRESHET_LEASES")) {
            throw new CommandException(
                    "The functions of this local cloud read the streams themselves: start it with"
                            + " './freshet up --consumer worker'.");
        }
        ProcessBuilder builder =
                new ProcessBuilder(WorkerProcess.command(home))
                        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process worker = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(worker), "ending"));
        return worker.waitFor();
    }

    /** Ends the worker by closing its input; it then ends in order, within its own time limit. */
    private static void end(Process worker) {
        try {
            worker.getOutputStream().close();
            worker.waitFor();
        } catch (IOException gone) {
            worker.destroy();
        } catch (InterruptedException hurried) {
            worker.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
