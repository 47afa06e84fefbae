package dev.freshet.bench.setup;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/** Time and work of this process, all of its threads, since the stopwatch was started. */
public final class Stopwatch {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final CompilationMXBean COMPILERS = ManagementFactory.getCompilationMXBean();

    private final long began = System.nanoTime();
    private final long processor = SYSTEM.getProcessCpuTime();
    private final long compiling = COMPILERS.getTotalCompilationTime();

    /** Returns the seconds that have passed. */
    public double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    /** Returns the processor time that this process has taken, in seconds. */
    public double processorSeconds() {
        return (SYSTEM.getProcessCpuTime() - processor) / 1e9;
    }

    /** Returns the time that the compilers of this JVM have taken, by the clock, in seconds. */
    public double compilingSeconds() {
        return (COMPILERS.getTotalCompilationTime() - compiling) / 1e3;
    }
}
