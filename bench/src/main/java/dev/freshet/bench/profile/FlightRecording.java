package dev.freshet.bench.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/** A recording of the JDK Flight Recorder, of which the samples of call stacks are read. */
public final class FlightRecording {
    /** What samples stand for. */
    public enum Kind {
        /** Processor time: each sample weighs 1. */
        TIME("jdk.ExecutionSample"),
        /** Memory allocated: each sample weighs the bytes that it stands for. */
        MEMORY("jdk.ObjectAllocationSample");

        private final String event;

        Kind(String event) {
            this.event = event;
        }
    }

    private FlightRecording() {}

    /**
     * Reads the samples below a method, without the frames that the JDK puts between two methods of
     * the program, such as those of streams. The innermost frame stays, whoever wrote it.
     *
     * @param from class and method as {@code Recommender.list}, from which on stacks are drawn;
     *     samples without it are left out
     */
    public static StackTree read(Path file, Kind kind, String from) throws IOException {
        StackTree tree = new StackTree();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                RecordedStackTrace trace = event.getStackTrace();
                if (trace != null && event.getEventType().getName().equals(kind.event)) {
                    List<String> stack = stack(trace.getFrames(), from);
                    if (!stack.isEmpty()) {
                        tree.add(stack, kind == Kind.TIME ? 1 : event.getLong("weight"));
                    }
                }
            }
        }
        return tree;
    }

    /** Returns the methods from a given one on, the outermost first; empty where it is absent. */
    private static List<String> stack(List<RecordedFrame> innermostFirst, String from) {
        List<String> stack = new ArrayList<>();
        for (int at = innermostFirst.size() - 1; at >= 0; at--) {
            RecordedMethod method = innermostFirst.get(at).getMethod();
            String name = name(method);
            if ((!stack.isEmpty() || name.equals(from)) && (at == 0 || !isGlue(method))) {
                stack.add(name);
            }
        }
        return stack;
    }

    private static String name(RecordedMethod method) {
        String type = method.getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + method.getName();
    }

    /** Returns whether a method is of the JDK, or of a class that stands for a lambda. */
    private static boolean isGlue(RecordedMethod method) {
        String type = method.getType().getName();
        return type.startsWith("java.") || type.startsWith("jdk.") || type.contains(".0x");
    }
}
