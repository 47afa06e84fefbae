package dev.freshet.embedding;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * Fetches images that items name. Safe for use by several threads.
 *
 * <p>What is fetched is named by whoever may put items, and the function that fetches has rights in
 * an account. So only https at port 443 of public addresses is asked, without credentials, cookies
 * or a proxy; each of at most {@value #MAX_REDIRECTS} redirects is checked as the first address is;
 * and nothing of a response but the bytes of a JPEG or PNG image is passed on.
 */
public final class ImageDownload {
    /** Most bytes of an image. */
    static final int MAX_BYTES = 5 << 20;

    /** Most redirects that are followed, each of which is checked as the first address is. */
    static final int MAX_REDIRECTS = 3;

    /** What the embedding model reads. */
    private static final Set<String> TYPES = Set.of("image/jpeg", "image/png");

    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 2_000;

    /** Time limit of a whole download, redirects included. */
    private static final long DEADLINE_NANOS = 5_000_000_000L;

    private static final int HTTPS = 443;
    private static final int CHUNK = 16 << 10;

    private final Predicate<InetAddress> admitted;
    private final SSLSocketFactory sockets;
    private final int port;
    private final LongSupplier nanos;

    /**
     * Creates a download from public addresses.
     *
     * @param nanos a monotonic time in nanoseconds
     */
    public ImageDownload(LongSupplier nanos) {
        this(
                PublicAddresses::includes,
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                HTTPS,
                nanos);
    }

    /** Creates a download from other addresses and another port, for tests. */
    ImageDownload(
            Predicate<InetAddress> admitted,
            SSLSocketFactory sockets,
            int port,
            LongSupplier nanos) {
        this.admitted = admitted;
        this.sockets = new CheckedSockets(sockets, admitted);
        this.port = port;
        this.nanos = nanos;
    }

    /**
     * Returns the bytes of an image.
     *
     * @throws IOException if it may not be fetched, is none, is too large or takes longer than 5 s
     */
    public byte[] fetch(String url) throws IOException {
        long deadline = nanos.getAsLong() + DEADLINE_NANOS;
        URI next = checked(url);
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            HttpsURLConnection connection = open(next);
            try {
                int status = connection.getResponseCode();
                if (status == HttpsURLConnection.HTTP_OK) {
                    return image(connection, deadline);
                }
                String location = connection.getHeaderField("Location");
                if (status / 100 != 3 || location == null) {
                    throw new IOException("the status is " + status);
                }
                next = checked(resolved(next, location));
            } finally {
                connection.disconnect();
            }
            if (nanos.getAsLong() > deadline) {
                throw new IOException("it takes too long");
            }
        }
        throw new IOException("there are more than " + MAX_REDIRECTS + " redirects");
    }

    private static String resolved(URI from, String location) throws IOException {
        try {
            return from.resolve(location).toString();
        } catch (IllegalArgumentException malformed) {
            throw new IOException("the address of a redirect is malformed", malformed);
        }
    }

    private URI checked(String url) throws IOException {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException malformed) {
            throw new IOException("the address is malformed", malformed);
        }
        boolean usual = uri.getPort() == -1 && port == HTTPS;
        if (!"https".equalsIgnoreCase(uri.getScheme())
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || !(usual || uri.getPort() == port)) {
            throw new IOException("only https at its usual port, without a user, is asked");
        }
        for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
            if (!admitted.test(address)) {
                throw new IOException("the host is not on the public internet");
            }
        }
        return uri;
    }

    private HttpsURLConnection open(URI uri) throws IOException {
        HttpsURLConnection connection =
                (HttpsURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        connection.setSSLSocketFactory(sockets);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setRequestProperty("Accept", String.join(", ", TYPES));
        connection.setRequestProperty("User-Agent", "freshet");
        return connection;
    }

    private byte[] image(HttpsURLConnection connection, long deadline) throws IOException {
        String type = String.valueOf(connection.getContentType());
        if (!TYPES.contains(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))) {
            throw new IOException("it is neither JPEG nor PNG");
        }
        if (connection.getContentLengthLong() > MAX_BYTES) {
            throw new IOException("it has more than " + MAX_BYTES + " bytes");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = connection.getInputStream()) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                bytes.write(chunk, 0, read);
                if (bytes.size() > MAX_BYTES) {
                    throw new IOException("it has more than " + MAX_BYTES + " bytes");
                }
                if (nanos.getAsLong() > deadline) {
                    throw new IOException("it takes too long");
                }
            }
        }
        if (bytes.size() == 0) {
            throw new IOException("it is empty");
        }
        return bytes.toByteArray();
    }

    /**
     * TLS sockets over connections to admitted addresses only. The address is that of the
     * connection itself and is checked before the first byte is sent, so a name that is resolved
     * twice, with two results, gains nothing.
     */
    static final class CheckedSockets extends SSLSocketFactory {
        private final SSLSocketFactory sockets;
        private final Predicate<InetAddress> admitted;

        CheckedSockets(SSLSocketFactory sockets, Predicate<InetAddress> admitted) {
            this.sockets = sockets;
            this.admitted = admitted;
        }

        @Override
        public Socket createSocket(Socket connected, String host, int port, boolean autoClose)
                throws IOException {
            if (!admitted.test(connected.getInetAddress())) {
                connected.close();
                throw new IOException("the host is not on the public internet");
            }
            return sockets.createSocket(connected, host, port, autoClose);
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw unchecked();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
                throws IOException {
            throw unchecked();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            throw unchecked();
        }

        @Override
        public Socket createSocket(
                InetAddress address, int port, InetAddress localAddress, int localPort)
                throws IOException {
            throw unchecked();
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return sockets.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return sockets.getSupportedCipherSuites();
        }

        private static IOException unchecked() {
            return new IOException("only connections whose address was checked carry TLS");
        }
    }

    /**
     * Which addresses are of the public internet. A function that fetches what a client names must
     * not reach its own host, its network or the metadata service of its cloud.
     *
     * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IPv4
     *     special-purpose addresses</a>
     * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6
     *     special-purpose addresses</a>
     */
    static final class PublicAddresses {
        private PublicAddresses() {}

        /** Returns whether an address is of the public internet. */
        static boolean includes(InetAddress address) {
            return !address.isAnyLocalAddress()
                    && !address.isLoopbackAddress()
                    && !address.isLinkLocalAddress()
                    && !address.isSiteLocalAddress()
                    && !address.isMulticastAddress()
                    && (address instanceof Inet4Address
                            ? isPublic4(address.getAddress())
                            : isPublic6(address.getAddress()));
        }

        private static boolean isPublic4(byte[] address) {
            int first = address[0] & 0xFF;
            int second = address[1] & 0xFF;
            int third = address[2] & 0xFF;
            boolean shared = first == 100 && (second & 0xC0) == 64;
            boolean protocols = first == 192 && second == 0 && (third == 0 || third == 2);
            boolean benchmarks = first == 198 && (second & 0xFE) == 18;
            boolean examples =
                    (first == 198 && second == 51 && third == 100)
                            || (first == 203 && second == 0 && third == 113);
            boolean reserved = first == 0 || first >= 240;
            return !shared && !protocols && !benchmarks && !examples && !reserved;
        }

        /** Returns whether an address is in 2000::/3 and embeds or tunnels to no other one. */
        private static boolean isPublic6(byte[] address) {
            boolean global = (address[0] & 0xE0) == 0x20;
            boolean tunnel6To4 = address[0] == 0x20 && address[1] == 0x02;
            boolean special = address[0] == 0x20 && address[1] == 0x01 && (address[2] & 0xFE) == 0;
            boolean examples =
                    address[0] == 0x20
                            && address[1] == 0x01
                            && address[2] == 0x0D
                            && (address[3] & 0xFF) == 0xB8;
            return global && !tunnel6To4 && !special && !examples;
        }
    }
}
