package dev.freshet.local.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Admission limit of the gateway: at most {@value #MAX_REQUESTS} requests in progress, waiting ones
 * included, with {@value #MAX_BODY_KIB} KiB of bodies. (API Gateway limits a rate; here the memory
 * of one machine is the limit.)
 *
 * <p>A request takes its place once its body has arrived, and room for the body as it arrives:
 * bodies that are sent halfway hold no place, and {@value #PART_KIB} KiB more than they sent, until
 * the server ends their connection.
 */
final class Intake {
    /** Maximum number of requests in progress. */
    static final int MAX_REQUESTS = 256;

    /** Maximum size of all bodies in progress, in KiB. */
    static final int MAX_BODY_KIB = 64 << 10;

    /** Maximum size of one body, in bytes. */
    static final int MAX_BODY_BYTES = 10 << 20;

    /** Size of the parts in which room for a body is taken, in KiB. */
    static final int PART_KIB = 16;

    private final Semaphore requests;
    private final Semaphore bodyKib;

    Intake() {
        this(MAX_REQUESTS, MAX_BODY_KIB);
    }

    Intake(int mostRequests, int mostBodyKib) {
        requests = new Semaphore(mostRequests);
        bodyKib = new Semaphore(mostBodyKib);
    }

    /** Begins with a request that holds nothing yet. */
    Reservation begin() {
        return new Reservation();
    }

    /** What one request holds, released when it is closed. Not thread-safe. */
    final class Reservation implements AutoCloseable {
        private int kib;
        private boolean hasPlace;

        private Reservation() {}

        /**
         * Reads a body.
         *
         * @return the body, one that is longer than {@link #MAX_BODY_BYTES} not to its end; empty
         *     if there is no room for it
         */
        Optional<byte[]> body(InputStream in) throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            while (bodyKib.tryAcquire(PART_KIB)) {
                kib += PART_KIB;
                byte[] part = in.readNBytes(PART_KIB << 10);
                body.writeBytes(part);
                if (part.length < PART_KIB << 10 || body.size() > MAX_BODY_BYTES) {
                    return Optional.of(body.toByteArray());
                }
            }
            return Optional.empty();
        }

        /** Takes a place among the requests in progress; returns false if there is none. */
        boolean place() {
            hasPlace = requests.tryAcquire();
            return hasPlace;
        }

        @Override
        public void close() {
            bodyKib.release(kib);
            if (hasPlace) {
                requests.release();
            }
        }
    }
}
