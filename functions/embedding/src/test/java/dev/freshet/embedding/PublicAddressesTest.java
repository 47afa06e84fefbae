package dev.freshet.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.embedding.ImageDownload.PublicAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class PublicAddressesTest {
    private static boolean isPublic(String address) {
        try {
            return PublicAddresses.includes(InetAddress.getByName(address));
        } catch (UnknownHostException unknown) {
            throw new AssertionError(address, unknown);
        }
    }

    @Test
    void whatIsNotOfThePublicInternetIsRefused() {
        String refused =
                """
                0.0.0.0 0.1.2.3 10.1.2.3 100.64.0.1 100.127.255.255 127.0.0.1 127.1 2130706433
                169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1
                192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.9 224.0.0.1 240.0.0.1 255.255.255.255
                :: ::1 ::ffff:10.0.0.1 ::10.0.0.1 64:ff9b::a9fe:a9fe fc00::1 fd00:ec2::254 fe80::1
                fec0::1 ff02::1 2001::1 2001:db8::1 2002:a9fe:a9fe::1
                """;
        assertThat(refused.split("\\s+")).hasSize(34).noneMatch(PublicAddressesTest::isPublic);
    }

    @Test
    void thePublicInternetIsAdmitted() {
        String admitted =
                """
                1.1.1.1 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 192.0.1.1 198.17.0.1
                198.20.0.1 223.255.255.255 2600:1f18::1 2a00:1450::1
                """;
        assertThat(admitted.split("\\s+")).hasSize(11).allMatch(PublicAddressesTest::isPublic);
    }
}
