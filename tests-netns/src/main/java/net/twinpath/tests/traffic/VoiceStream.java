package net.twinpath.tests.traffic;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.Worker;

/**
 * The packets of a telephone call: UDP, at an even rate, 160 octets each.
 *
 * <pre>
 *   0               4                       12                           160
 *  +---------------+-----------------------+------------------------------+
 *  | number, s32   | time of sending, s64  | filling, zero                |
 *  +---------------+-----------------------+------------------------------+
 * </pre>
 *
 * @param from             where it is sent
 * @param to               where it is received
 * @param address          the receiver's, one of {@code to}
 * @param packetsPerSecond rate
 * @param packets          how many are sent
 */
public record VoiceStream(Namespace from, Namespace to, String address, int packetsPerSecond, int packets) {
    private static final int PORT = 5004;
    private static final int PAYLOAD_OCTETS = 160;
    private static final int RECEIVE_BUFFER_OCTETS = 4 << 20;
    private static final long QUIET_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int RECEIVE_TIMEOUT_MS = 50;
    private static final Duration LAST_SEND_LIMIT = Duration.ofSeconds(1);

    /**
     * Starts sending and receiving. The result is there when all was sent and nothing has arrived for a second.
     *
     * @param beginningNs what arrival times are relative to; the first packet is sent then
     */
    public Future<StreamResult> start(long beginningNs) {
        return startUntil(beginningNs, () -> false);
    }

    /** As {@link #start}, but sending ends early once a condition holds. */
    public Future<StreamResult> startUntil(long beginningNs, BooleanSupplier over) {
        InetSocketAddress destination = new InetSocketAddress(address, PORT);
        DatagramSocket receiver = to.call(() -> new DatagramSocket(destination));
        DatagramSocket sender = from.call(() -> new DatagramSocket());
        Future<Sent> sent = Worker.start("voice sender", () -> send(sender, destination, beginningNs, over));
        return Worker.start("voice receiver", () -> receive(receiver, sent, beginningNs));
    }

    /** How many packets were sent, and when the last one was, in {@link System#nanoTime()}. */
    private record Sent(int packets, long lastNs) {}

    private Sent send(DatagramSocket socket, InetSocketAddress destination, long beginningNs, BooleanSupplier over) {
        byte[] payload = new byte[PAYLOAD_OCTETS];
        DatagramPacket packet = new DatagramPacket(payload, PAYLOAD_OCTETS, destination);
        int number = 0;
        try (socket) {
            for (; number < packets && !over.getAsBoolean(); number++) {
                Await.untilTime(beginningNs + TimeUnit.SECONDS.toNanos(number) / packetsPerSecond);
                ByteBuffer.wrap(payload).putInt(number).putLong(System.nanoTime());
                sendOrLose(socket, packet);
            }
        }
        return new Sent(number, System.nanoTime());
    }

    /** A host without a way out refuses packets rather than losing them; to the listener that is the same. */
    private static void sendOrLose(DatagramSocket socket, DatagramPacket packet) {
        try {
            socket.send(packet);
        } catch (IOException refused) {
            return;
        }
    }

    private StreamResult receive(DatagramSocket socket, Future<Sent> sent, long beginningNs) throws IOException {
        NumberTally tally = new NumberTally();
        Arrivals.Recorder recorder = new Arrivals.Recorder();
        DatagramPacket packet = new DatagramPacket(new byte[2 * PAYLOAD_OCTETS], 2 * PAYLOAD_OCTETS);
        try (socket) {
            socket.setReceiveBufferSize(RECEIVE_BUFFER_OCTETS);
            socket.setSoTimeout(RECEIVE_TIMEOUT_MS);
            long lastEventNs = beginningNs;
            while (!sent.isDone() || System.nanoTime() - lastEventNs < QUIET_NS) {
                if (!receiveOne(socket, packet)) {
                    lastEventNs = sent.isDone() ? lastEventNs : System.nanoTime();
                    continue;
                }
                lastEventNs = System.nanoTime();
                if (tally.arrived(number(packet))) {
                    recorder.add(lastEventNs - beginningNs, packet.getLength());
                }
            }
        }
        Arrivals arrivals = recorder.arrivals();
        Sent all = Await.result("last voice packet", LAST_SEND_LIMIT, sent);
        return tally.result(all.packets(), arrivals.longestGapMs(all.lastNs() - beginningNs), arrivals);
    }

    private static boolean receiveOne(DatagramSocket socket, DatagramPacket packet) throws IOException {
        try {
            packet.setLength(packet.getData().length);
            socket.receive(packet);
            return true;
        } catch (SocketTimeoutException nothingCame) {
            return false;
        }
    }

    private static int number(DatagramPacket packet) {
        if (packet.getLength() != PAYLOAD_OCTETS) {
            throw new IllegalStateException(
                    "a packet of " + packet.getLength() + " octets arrived, not of " + PAYLOAD_OCTETS);
        }
        return ByteBuffer.wrap(packet.getData()).getInt();
    }
}
