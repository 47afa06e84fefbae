package dev.freshet.cli;

import dev.freshet.local.WorkerProcess;
import dev.freshet.local.host.StateFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code freshet worker}: the always-on worker on the running local cloud. */
@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        description = {
            "Reads the local cloud's streams with the always-on worker. Runs until Ctrl-C.",
            "Start the cloud with './freshet up --consumer worker'. Several may run: they share the shards."
        })
final class WorkerCommand implements Callable<Integer> {

    @Mixin private final StateOptions state = new StateOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path home = Checkout.find();
        Map<String, String> environment =
                StateFolder.workerEnvironment(state.folder())
                        .orElseThrow(
                                () ->
                                        state.noneRuns(
                                                "start one with './freshet up --consumer worker'."));
        if (!environment.containsKey("FRESHET_LEASES")) {
            throw new CommandException(
                    "The functions of this local cloud read the streams themselves: start it with './freshet up --consumer worker'.");
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

    /** The worker ends with its input, in order; its own patience is shorter than ours. */
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
