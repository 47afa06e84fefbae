package dev.freshet.embedding;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * Which addresses are of the public internet. A function that fetches what a client names must not
 * reach its own host, its network or the metadata service of its cloud.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IPv4 special-purpose
 *     addresses</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6 special-purpose
 *     addresses</a>
 */
final class PublicAddresses {
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
