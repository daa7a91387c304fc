package net.twinpath.tests.traffic;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.twinpath.tests.fixture.Await;
import net.twinpath.tests.fixture.Namespace;
import net.twinpath.tests.fixture.Worker;

/**
 * A file sent over one TCP connection on an even schedule; after a stall it is sent as fast as TCP takes it, until it
 * is back on schedule.
 *
 * @param from            where it is sent
 * @param to              where it is received
 * @param address         the receiver's, one of {@code to}
 * @param file            what is sent
 * @param received        where it is written to
 * @param octetsPerSecond pace of the schedule
 * @param limit           time after which the transfer is given up, from its beginning
 */
public record FileTransfer(
        Namespace from,
        Namespace to,
        String address,
        SampleFile file,
        Path received,
        double octetsPerSecond,
        Duration limit) {
    private static final int PORT = 5005;
    private static final int CHUNK_OCTETS = 64 * 1024;
    private static final int READ_TIMEOUT_MS = 100;
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final Duration SENDER_END_LIMIT = Duration.ofSeconds(5);

    /**
     * Starts sending and receiving. The result is there when the whole file has arrived, TCP gives up or the
     * limit is over.
     *
     * @param beginningNs what arrival times are relative to; the first octet is sent then
     */
    public Future<TransferResult> start(long beginningNs) {
        InetSocketAddress destination = new InetSocketAddress(address, PORT);
        ServerSocket listener = to.call(() -> listen(destination));
        Socket sender = from.call(() -> connect(destination));
        Future<Long> sent = Worker.start("file sender", () -> send(sender, beginningNs));
        return Worker.start("file receiver", () -> {
            TransferResult result = receive(listener, sender, beginningNs);
            Await.result("file sender", SENDER_END_LIMIT, sent);
            return result;
        });
    }

    private static ServerSocket listen(InetSocketAddress destination) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.bind(destination);
        listener.setSoTimeout(CONNECT_TIMEOUT_MS);
        return listener;
    }

    private static Socket connect(InetSocketAddress destination) throws IOException {
        Socket socket = new Socket();
        socket.connect(destination, CONNECT_TIMEOUT_MS);
        return socket;
    }

    /** Returns the octets handed to TCP; fewer than the file has when the receiver gave up and closed the socket. */
    private long send(Socket socket, long beginningNs) throws IOException {
        byte[] chunk = new byte[CHUNK_OCTETS];
        long sent = 0;
        try (InputStream in = Files.newInputStream(file.path());
                OutputStream out = socket.getOutputStream()) {
            for (int length = in.readNBytes(chunk, 0, CHUNK_OCTETS);
                    length > 0;
                    length = in.readNBytes(chunk, 0, CHUNK_OCTETS)) {
                Await.untilTime(beginningNs + (long) (sent / octetsPerSecond * TimeUnit.SECONDS.toNanos(1)));
                out.write(chunk, 0, length);
                sent += length;
            }
        } catch (SocketException closedByReceiver) {
            return sent;
        }
        return sent;
    }

    private TransferResult receive(ServerSocket listener, Socket sender, long beginningNs) throws IOException {
        Arrivals.Recorder recorder = new Arrivals.Recorder();
        MessageDigest digest = SampleFile.newDigest();
        try (Socket socket = listener.accept();
                InputStream in = socket.getInputStream();
                OutputStream out = new DigestOutputStream(Files.newOutputStream(received), digest)) {
            socket.setSoTimeout(READ_TIMEOUT_MS);
            byte[] chunk = new byte[CHUNK_OCTETS];
            long octets = 0;
            int length = 0;
            while (length >= 0 && octets < file.octets() && System.nanoTime() - beginningNs < limit.toNanos()) {
                length = read(in, chunk);
                if (length > 0) {
                    recorder.add(System.nanoTime() - beginningNs, length);
                    out.write(chunk, 0, length);
                    octets += length;
                }
            }
            return result(octets, SampleFile.hex(digest), recorder.arrivals());
        } finally {
            sender.close();
            listener.close();
        }
    }

    /** Returns the octets read, 0 when none came for a while, -1 when TCP gave the connection up. */
    private static int read(InputStream in, byte[] chunk) throws IOException {
        try {
            return in.read(chunk);
        } catch (SocketTimeoutException nothingCame) {
            return 0;
        } catch (SocketException connectionLost) {
            return -1;
        }
    }

    private TransferResult result(long octets, String sha256, Arrivals arrivals) {
        long lastNs = arrivals.count() == 0 ? 0 : arrivals.timeNs(arrivals.count() - 1);
        long dueNs = octets == file.octets() ? lastNs : limit.toNanos();
        return new TransferResult(
                file.octets(),
                octets,
                sha256.equals(file.sha256()),
                arrivals.longestGapMs(dueNs),
                (double) lastNs / TimeUnit.SECONDS.toNanos(1),
                arrivals);
    }
}
