package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.TemporaryFolder;

/** With UDP_SEGMENT (udp(7)) one call sends datagrams of 1 000 octets: they come as they are, each whole. */
final class MergedDatagrams {
    static final int PORT = 5006;
    static final int DATAGRAMS = 31;

    private static final int LIMIT_MS = 60_000;
    private static final String PROGRAM = """
            import socket, sys
            out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            out.setsockopt(socket.IPPROTO_UDP, 103, 1000)  # UDP_SEGMENT
            out.sendto(b"".join(bytes([i]) * 1000 for i in range(30)) + b"end", (sys.argv[1], int(sys.argv[2])))
            """;

    private MergedDatagrams() {}

    /** Sends them from one host to an address of the other. */
    static void send(Namespace from, Namespace to, String address, TemporaryFolder folder) throws Exception {
        Path program = Files.writeString(folder.resolve("send.py"), PROGRAM);
        try (DatagramSocket socket = to.call(() -> bound(address))) {
            from.run("python3", program.toString(), address, Integer.toString(PORT));
            for (int i = 0; i < DATAGRAMS - 1; i++) {
                assertThat(next(socket)).hasSize(1_000).containsOnly(i);
            }
            assertThat(next(socket)).containsExactly('e', 'n', 'd');
        }
    }

    private static DatagramSocket bound(String address) throws Exception {
        DatagramSocket socket = new DatagramSocket(null);
        socket.bind(new InetSocketAddress(InetAddress.getByName(address), PORT));
        socket.setSoTimeout(LIMIT_MS);
        return socket;
    }

    private static byte[] next(DatagramSocket socket) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }
}
