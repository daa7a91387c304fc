package net.twinpath.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every public kernel constant has the value the C compiler finds in the installed headers. */
class KernelConstantsTest {
    /** Newer than the oldest headers we build with (Debian 12, Linux 6.1): compared where the headers have it. */
    private static final String NEWER =
            "#ifndef VIRTIO_NET_HDR_GSO_UDP_L4\n#define VIRTIO_NET_HDR_GSO_UDP_L4 5\n#endif\n";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void packetConstantsMatch() throws Exception {
        matches(IfPacket.class, "sys/socket.h", "linux/if_packet.h");
    }

    @Test
    void packetLayoutsMatch() throws Exception {
        Map<String, Integer> found = valuesOf(
                new String[] {"stddef.h", "sys/socket.h", "linux/if_packet.h"},
                "sizeof(struct tpacket2_hdr)",
                "sizeof(struct sockaddr_ll)",
                "sizeof(struct tpacket_req)",
                "sizeof(struct packet_mreq)",
                "offsetof(struct tpacket2_hdr, tp_mac)",
                "offsetof(struct tpacket2_hdr, tp_snaplen)",
                "offsetof(struct tpacket2_hdr, tp_sec)",
                "offsetof(struct tpacket2_hdr, tp_nsec)",
                "offsetof(struct tpacket2_hdr, tp_vlan_tci)",
                "offsetof(struct tpacket2_hdr, tp_vlan_tpid)",
                "offsetof(struct sockaddr_ll, sll_ifindex)");
        assertThat(found)
                .containsEntry("sizeof(struct tpacket2_hdr)", IfPacket.TPACKET2_HDR_LENGTH)
                .containsEntry("sizeof(struct sockaddr_ll)", IfPacket.SOCKADDR_LL_LENGTH)
                .containsEntry("sizeof(struct tpacket_req)", IfPacket.TPACKET_REQ_LENGTH)
                .containsEntry("sizeof(struct packet_mreq)", IfPacket.PACKET_MREQ_LENGTH)
                .containsEntry("offsetof(struct tpacket2_hdr, tp_mac)", IfPacket.TP_MAC_OFFSET)
                .containsEntry("offsetof(struct tpacket2_hdr, tp_snaplen)", IfPacket.TP_SNAPLEN_OFFSET)
                .containsEntry("offsetof(struct tpacket2_hdr, tp_sec)", IfPacket.TP_SEC_OFFSET)
                .containsEntry("offsetof(struct tpacket2_hdr, tp_nsec)", IfPacket.TP_NSEC_OFFSET)
                .containsEntry("offsetof(struct tpacket2_hdr, tp_vlan_tci)", IfPacket.TP_VLAN_TCI_OFFSET)
                .containsEntry("offsetof(struct tpacket2_hdr, tp_vlan_tpid)", IfPacket.TP_VLAN_TPID_OFFSET)
                .containsEntry("offsetof(struct sockaddr_ll, sll_ifindex)", IfPacket.SLL_IFINDEX_OFFSET);
    }

    @Test
    void virtioConstantsMatch() throws Exception {
        matches(VirtioNet.class, "linux/virtio_net.h");
    }

    @Test
    void virtioHeaderMatches() throws Exception {
        Map<String, Integer> found = valuesOf(
                new String[] {"stddef.h", "linux/virtio_net.h"},
                "sizeof(struct virtio_net_hdr)",
                "offsetof(struct virtio_net_hdr, flags)",
                "offsetof(struct virtio_net_hdr, gso_type)",
                "offsetof(struct virtio_net_hdr, hdr_len)",
                "offsetof(struct virtio_net_hdr, gso_size)",
                "offsetof(struct virtio_net_hdr, csum_start)",
                "offsetof(struct virtio_net_hdr, csum_offset)");
        assertThat(found)
                .containsEntry("sizeof(struct virtio_net_hdr)", VirtioNet.VIRTIO_NET_HDR_LENGTH)
                .containsEntry("offsetof(struct virtio_net_hdr, flags)", VirtioNet.FLAGS_OFFSET)
                .containsEntry("offsetof(struct virtio_net_hdr, gso_type)", VirtioNet.GSO_TYPE_OFFSET)
                .containsEntry("offsetof(struct virtio_net_hdr, hdr_len)", VirtioNet.HDR_LEN_OFFSET)
                .containsEntry("offsetof(struct virtio_net_hdr, gso_size)", VirtioNet.GSO_SIZE_OFFSET)
                .containsEntry("offsetof(struct virtio_net_hdr, csum_start)", VirtioNet.CSUM_START_OFFSET)
                .containsEntry("offsetof(struct virtio_net_hdr, csum_offset)", VirtioNet.CSUM_OFFSET_OFFSET);
    }

    @Test
    void ethernetConstantsMatch() throws Exception {
        matches(IfEther.class, "linux/if_ether.h", "linux/if.h");
    }

    @Test
    void socketConstantsMatch() throws Exception {
        matches(Socket.class, "sys/socket.h", "asm/socket.h");
    }

    /** Places and lengths, which C has no names for, are compared above. */
    private void matches(Class<?> constants, String... headers) throws Exception {
        Map<String, Integer> ours = new TreeMap<>();
        for (Field field : constants.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers()) && !field.getName().matches(".*_(OFFSET|LENGTH)")) {
                ours.put(field.getName(), field.getInt(null));
            }
        }
        assertThat(ours).isNotEmpty();
        assertThat(valuesOf(headers, ours.keySet().toArray(new String[0]))).isEqualTo(ours);
    }

    private Map<String, Integer> valuesOf(String[] headers, String... expressions) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/cc")), "needs a C compiler (apt install gcc libc6-dev)");
        StringBuilder program = new StringBuilder("#define _GNU_SOURCE\n#include <stdio.h>\n");
        for (String header : headers) {
            program.append("#include <").append(header).append(">\n");
        }
        program.append(NEWER).append("int main(void) {\n");
        for (String expression : expressions) {
            program.append("  printf(\"%s=%d\\n\", \"" + expression + "\", (int) (" + expression + "));\n");
        }
        program.append("  return 0;\n}\n");
        Path source = Files.writeString(folder.resolve("constants.c"), program);
        Path binary = folder.resolve("constants");
        run("cc", "-o", binary.toString(), source.toString());
        Map<String, Integer> values = new TreeMap<>();
        run(binary.toString()).lines().forEach(line -> {
            int equals = line.lastIndexOf('=');
            values.put(line.substring(0, equals), Integer.parseInt(line.substring(equals + 1)));
        });
        return values;
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
