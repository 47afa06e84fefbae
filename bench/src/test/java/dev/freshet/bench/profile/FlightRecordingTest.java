package dev.freshet.bench.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecordingTest {
    @TempDir private Path folder;

    @Test
    void whatAMethodAllocatesStandsBelowItWithoutTheFramesOfStreams() throws IOException {
        Path file = folder.resolve("a.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ObjectAllocationSample").with("throttle", "off").withStackTrace();
            recording.start();
            assertThat(outer()).hasSize(64);
            recording.stop();
            recording.dump(file);
        }
        StackTree tree =
                FlightRecording.read(
                        file, FlightRecording.Kind.MEMORY, "FlightRecordingTest.outer");
        assertThat(tree.weight()).isGreaterThan(32L << 20);
        List<String> below = new ArrayList<>();
        tree.callees(
                (name, outer) -> {
                    assertThat(name).isEqualTo("FlightRecordingTest.outer");
                    outer.callees((callee, ignored) -> below.add(callee));
                });
        assertThat(below).anyMatch(name -> name.startsWith("FlightRecordingTest.lambda$outer$"));
    }

    @Test
    void aRecordingWithoutTheMethodGivesNoSamples() throws IOException {
        Path file = folder.resolve("a.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            recording.stop();
            recording.dump(file);
        }
        assertThat(FlightRecording.read(file, FlightRecording.Kind.TIME, "No.where").weight())
                .isZero();
    }

    /** Allocates 64 MiB, a MiB at a time, in a stream. */
    private static List<byte[]> outer() {
        return IntStream.range(0, 64).mapToObj(at -> new byte[1 << 20]).toList();
    }
}
