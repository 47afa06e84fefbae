package dev.freshet.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.local.emulator.Child;
import dev.freshet.local.host.ResidentMemory;
import dev.freshet.local.host.StateFolder;
import dev.freshet.local.mapping.MappingRunner;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Writer of the status of a local cloud. */
final class CloudStatus {

    private CloudStatus() {}

    /**
     * Returns the status object.
     *
     * @param uptime time since the cloud was started
     * @param children emulators and functions that run as processes
     */
    static ObjectNode write(
            StateFolder state,
            Duration uptime,
            LocalFunctions functions,
            List<MappingRunner> mappings,
            List<Child> children) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("state", "ready")
                .put("folder", state.path().toString())
                .put("uptimeMs", uptime.toMillis());
        functions.status(status.putObject("functions"));
        mappings.forEach(mapping -> status.withArray("mappings").add(mapping.status()));
        long together = process(status, "freshet", ProcessHandle.current().pid());
        for (Child child : children) {
            together += process(status, child.name(), child.pid());
            if (!child.alive()) {
                status.put("state", child.name() + " has ended");
            }
        }
        return status.put("residentBytes", together);
    }

    private static long process(ObjectNode status, String name, long pid) {
        long bytes = ResidentMemory.bytes(pid);
        status.withArray("processes")
                .addObject()
                .put("name", name)
                .put("pid", pid)
                .put("residentBytes", bytes);
        return bytes;
    }

    /**
     * Adds the bytes on disk of each store. Walks the state folder, so it is too expensive to be
     * called every second.
     */
    static void addSizes(ObjectNode status, StateFolder state) throws IOException {
        ObjectNode sizes = status.putObject("storedBytes");
        for (String store : List.of("dynamodb", "kinesis", "s3")) {
            sizes.put(store, bytes(state.folder(store)));
        }
    }

    private static long bytes(Path folder) throws IOException {
        LongAdder bytes = new LongAdder();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        bytes.add(attributes.size());
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException problem) {
                        return FileVisitResult.CONTINUE; // removed during the walk
                    }
                });
        return bytes.sum();
    }
}
