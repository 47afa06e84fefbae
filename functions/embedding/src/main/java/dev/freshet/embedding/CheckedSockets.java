package dev.freshet.embedding;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;

/**
 * TLS sockets over connections to admitted addresses only. The address is that of the connection
 * itself and is checked before the first byte is sent, so a name that is resolved twice, with two
 * results, gains nothing.
 */
final class CheckedSockets extends SSLSocketFactory {
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
