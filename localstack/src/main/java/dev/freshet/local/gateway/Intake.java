package dev.freshet.local.gateway;

import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * How much the stand-in has in hand at once: {@value #MAX_REQUESTS} requests, waiting ones included
 * and {@value #MAX_BODY_KIB} KiB of their bodies. What is more is turned away before its body is
 * read. (API Gateway's own bound is a rate; here a machine's memory is the limit.) Connections, and
 * how long a request may take to arrive and its answer to leave, are the server's to bound: {@link
 * #limitServers}.
 */
final class Intake {
    /** Most requests at once. */
    static final int MAX_REQUESTS = 256;

    /** Most KiB of bodies at once. */
    static final int MAX_BODY_KIB = 64 << 10;

    /** Largest body that one request may have. */
    static final int LARGEST_BODY = 10 << 20;

    private static final int MAX_CONNECTIONS = 1024;
    private static final int SECONDS_TO_ARRIVE = 30;
    private static final int SECONDS_TO_LEAVE = 60;

    private final Semaphore requests;
    private final Semaphore bodyKib;

    Intake() {
        this(MAX_REQUESTS, MAX_BODY_KIB);
    }

    Intake(int mostRequests, int mostBodyKib) {
        requests = new Semaphore(mostRequests);
        bodyKib = new Semaphore(mostBodyKib);
    }

    /**
     * Bounds the JDK's HTTP servers of this process: it reads these settings when the first is
     * made.
     */
    static void limitServers() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("jdk.httpserver.maxConnections", "" + MAX_CONNECTIONS);
        System.setProperty("sun.net.httpserver.maxReqTime", "" + SECONDS_TO_ARRIVE);
        System.setProperty("sun.net.httpserver.maxRspTime", "" + SECONDS_TO_LEAVE);
    }

    /** A request's place; closed when it is answered. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * A place for one request, if there is one.
     *
     * @param declaredBytes its {@code Content-Length}, or a negative number where it says nothing,
     *     which counts as the largest
     */
    Optional<Place> enter(long declaredBytes) {
        long bytes = declaredBytes < 0 ? LARGEST_BODY : Math.min(declaredBytes, LARGEST_BODY);
        int kib = (int) ((bytes + 1023) / 1024);
        if (!requests.tryAcquire()) {
            return Optional.empty();
        }
        if (!bodyKib.tryAcquire(kib)) {
            requests.release();
            return Optional.empty();
        }
        return Optional.of(
                () -> {
                    bodyKib.release(kib);
                    requests.release();
                });
    }
}
