package dev.freshet.local.gateway;

import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Admission limit of the gateway: at most {@value #MAX_REQUESTS} requests in progress, waiting ones
 * included, with {@value #MAX_BODY_KIB} KiB of bodies. A request beyond that is refused before its
 * body is read. (API Gateway limits a rate; here the memory of one machine is the limit.)
 */
final class Intake {
    /** Maximum number of requests in progress. */
    static final int MAX_REQUESTS = 256;

    /** Maximum size of all bodies in progress, in KiB. */
    static final int MAX_BODY_KIB = 64 << 10;

    /** Maximum size of one body, in bytes. */
    static final int MAX_BODY_BYTES = 10 << 20;

    private final Semaphore requests;
    private final Semaphore bodyKib;

    Intake() {
        this(MAX_REQUESTS, MAX_BODY_KIB);
    }

    Intake(int mostRequests, int mostBodyKib) {
        requests = new Semaphore(mostRequests);
        bodyKib = new Semaphore(mostBodyKib);
    }

    /** Reservation of one admitted request, closed when it has been answered. */
    interface Reservation extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Admits one request if the limits allow it.
     *
     * @param declaredBytes value of {@code Content-Length}, or a negative number if it is absent,
     *     which counts as the maximum size
     */
    Optional<Reservation> enter(long declaredBytes) {
        long bytes = declaredBytes < 0 ? MAX_BODY_BYTES : Math.min(declaredBytes, MAX_BODY_BYTES);
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
