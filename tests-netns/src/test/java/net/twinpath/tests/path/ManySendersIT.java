package net.twinpath.tests.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Four thousand neighbours that all speak to one host, each with numbers of its own, over links that lose: every datagram
 * comes once, and the daemon tells of all of them.
 */
class ManySendersIT {
    private static final int SENDERS = 4_000;
    private static final int ROUNDS = 5;

    /** What the applications' socket holds without being asked. */
    private static final int BURST = 100;

    private final SplittableRandom random = new SplittableRandom(4_000);
    private final int[] next = random.ints(SENDERS, 0, 1 << 16).toArray();

    @Test
    void everyFrameComesOnceAndAllNodesAreTold() {
        try (FloodedHost host = FloodedHost.start("")) {
            for (int number = 0; number < ROUNDS * SENDERS; number += BURST) {
                sendAndAwait(host, number);
            }
            assertThat(host.duplicated()).isZero();
            assertThat(host.daemon().pathCounter("in_node_table_full")).isZero();
            assertThat(host.daemon().pathCounter("in_sender_restarts")).isZero();
            assertTold(host);
        }
    }

    /** Consecutive datagrams come from different senders; one in five is lost on either link. */
    private void sendAndAwait(FloodedHost host, int first) {
        for (int number = first; number < first + BURST; number++) {
            int sender = number % SENDERS;
            int lost = random.nextInt(10);
            for (int lan = 0; lan < 2; lan++) {
                if (lost != lan) {
                    host.send(lan, frame(sender, next[sender] & 0xFFFF, lan, number));
                }
            }
            next[sender]++;
        }
        host.flush();
        for (int number = first; number < first + BURST; number++) {
            assertThat(host.awaitDatagram(number)).as("datagram %d", number).isTrue();
        }
    }

    private static byte[] frame(int sender, int sequence, int lan, int number) {
        byte[] datagram = FloodedHost.datagram(number);
        return ByteBuffer.allocate(datagram.length + 6)
                .put(datagram)
                .putShort((short) sequence)
                .putShort((short) ((0xA + lan) << 12 | datagram.length - 14 + 6))
                .putShort((short) 0x88FB)
                .putShort(6, (short) 0x0200)
                .putInt(8, 0x00CC_0000 + sender)
                .array();
    }

    private static void assertTold(FloodedHost host) {
        JsonObject path = host.daemon().path();
        assertThat(path.get("nodes_in_all").getAsInt()).isEqualTo(SENDERS);
        assertThat(path.getAsJsonArray("nodes")).hasSize(64);
        assertThat(host.daemon().statusText()).contains("and 3990 more: twinpathctl node shows all");

        String json = host.daemon().ctl("node", "--json").output();
        Set<String> told = new HashSet<>();
        for (JsonElement node : JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("nodes")) {
            assertThat(told.add(node.getAsJsonObject().get("address").getAsString()))
                    .isTrue();
        }
        assertThat(told).hasSize(SENDERS);
        assertThat(host.daemon().ctl("metrics").output().lines())
                .contains("twinpath_path_nodes{path=\"dup0\"} " + SENDERS + ".0");
    }
}
