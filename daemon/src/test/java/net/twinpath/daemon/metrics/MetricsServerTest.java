package net.twinpath.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers over HTTP, clients that misbehave, and the end, on this machine's loopback interface. */
@Timeout(60)
class MetricsServerTest {
    private static final int LIMIT_MS = 20_000;
    private static final String GET = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n";

    private final Semaphore asked = new Semaphore(0);
    private final InetSocketAddress address = freeAddress();
    private final MetricsServer server = started();
    private final List<Socket> clients = new ArrayList<>();

    private static InetSocketAddress freeAddress() {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(any.getInetAddress(), any.getLocalPort());
        } catch (IOException e) {
            throw new IllegalStateException("a port of the loopback interface", e);
        }
    }

    private MetricsServer started() {
        try {
            MetricsServer made = new MetricsServer(MetricsServer.listen(address), asked::release);
            made.start();
            return made;
        } catch (IOException e) {
            throw new IllegalStateException("just now it was free", e);
        }
    }

    @AfterEach
    void end() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        server.stop(values(0));
        server.awaitEnd();
        assertThat(server.hasEnded()).isTrue();
    }

    private static MetricSnapshots values(int uptime) {
        Exposition values = new Exposition();
        values.gauge(Gauge.UPTIME, Labels.EMPTY, uptime);
        return values.snapshots();
    }

    private Socket client(String request) throws IOException {
        Socket client = new Socket(address.getAddress(), address.getPort());
        clients.add(client);
        client.setSoTimeout(LIMIT_MS);
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private static String answer(Socket client) throws IOException {
        InputStream stream = client.getInputStream();
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    private void bringWhenAsked(int uptime) throws InterruptedException {
        assertThat(asked.tryAcquire(LIMIT_MS, TimeUnit.MILLISECONDS)).isTrue();
        server.bring(values(uptime));
    }

    @Test
    void valuesAreAskedForAndAnswered() throws Exception {
        Socket client = client(GET);
        bringWhenAsked(7);
        String answer = answer(client);
        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n", "\r\nConnection: close\r\n")
                .endsWith("\ntwinpath_uptime_seconds 7.0\n");
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(answer).contains("\r\nContent-Length: " + body.length() + "\r\n");
    }

    @Test
    void whoAsksForOpenMetricsGetsThem() throws Exception {
        Socket client = client("GET /metrics HTTP/1.0\r\nAccept: application/openmetrics-text\r\n\r\n");
        bringWhenAsked(7);
        assertThat(answer(client))
                .contains("\r\nContent-Type: application/openmetrics-text; version=1.0.0; charset=utf-8\r\n")
                .contains("\n# UNIT twinpath_uptime_seconds seconds\n")
                .endsWith("\n# EOF\n");
    }

    @Test
    void headHasNoBodyAndItsLength() throws Exception {
        Socket client = client(GET.replace("GET", "HEAD"));
        bringWhenAsked(7);
        assertThat(answer(client))
                .containsPattern("\r\nContent-Length: [1-9][0-9]*\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void whatIsNoScrapeIsRefusedWithoutAskingForValues() throws Exception {
        assertThat(answer(client(GET.replace("/metrics", "/")))).startsWith("HTTP/1.1 404 Not Found\r\n");
        assertThat(answer(client(GET.replace("GET", "DELETE"))))
                .startsWith("HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD\r\n");
        assertThat(answer(client("hello\r\n\r\n"))).startsWith("HTTP/1.1 400 Bad Request\r\n");
        assertThat(answer(client("GET /metrics HTTP/1.1\r\nX: " + "x".repeat(Scrape.MAX_HEAD_BYTES))))
                .startsWith("HTTP/1.1 431 ");
        assertThat(asked.availablePermits()).isZero();
    }

    @Test
    void aRequestMayComeOctetByOctetAndWithABody() throws Exception {
        Socket client = client("");
        for (byte octet : ("\r\n" + GET).getBytes(StandardCharsets.US_ASCII)) {
            client.getOutputStream().write(octet);
            client.getOutputStream().flush();
        }
        client.getOutputStream().write(new byte[1_000]);
        bringWhenAsked(7);
        assertThat(answer(client)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void manyAtOnceAreAnsweredWithOneSetOfValues() throws Exception {
        List<Socket> many = new ArrayList<>();
        for (int i = 0; i < MetricsServer.MAX_CONNECTIONS; i++) {
            many.add(client(GET));
        }
        bringWhenAsked(7);
        int answered = 0;
        for (Socket client : many) {
            while (client.getInputStream().available() == 0 && !isAnsweredAfter(client)) {
                bringWhenAsked(8);
            }
            assertThat(answer(client)).startsWith("HTTP/1.1 200 ");
            answered++;
        }
        assertThat(answered).isEqualTo(MetricsServer.MAX_CONNECTIONS);
    }

    private boolean isAnsweredAfter(Socket client) throws Exception {
        while (client.getInputStream().available() == 0) {
            if (asked.tryAcquire(10, TimeUnit.MILLISECONDS)) {
                asked.release();
                return false;
            }
        }
        return true;
    }

    @Test
    void aCrowdThatSaysNothingKeepsNobodyFromAnAnswer() throws Exception {
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 3 * MetricsServer.MAX_CONNECTIONS; i++) {
            silent.add(client("GET /met"));
        }
        Socket client = client(GET);
        bringWhenAsked(7);
        assertThat(answer(client)).startsWith("HTTP/1.1 200 ");
        int open = 0;
        for (Socket one : silent) {
            open += isOpen(one) ? 1 : 0;
        }
        assertThat(open).isLessThan(MetricsServer.MAX_CONNECTIONS);
        for (Socket slow : silent) {
            assertThat(isClosed(slow)).isTrue();
        }
    }

    private static boolean isOpen(Socket client) throws IOException {
        int patience = client.getSoTimeout();
        client.setSoTimeout(1);
        try {
            return !isClosed(client);
        } catch (SocketTimeoutException open) {
            return true;
        } finally {
            client.setSoTimeout(patience);
        }
    }

    /** Waits for it. */
    private static boolean isClosed(Socket client) throws IOException {
        try {
            return client.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Test
    void whoWaitsForValuesThatDoNotComeIsToldSo() throws Exception {
        Socket client = client(GET);
        assertThat(answer(client)).startsWith("HTTP/1.1 503 Service Unavailable\r\n");
    }

    @Test
    void anAddressCanBeSharedWithOneThatSharesIt() throws Exception {
        assertThat(MetricsServer.objectionTo(address)).isEmpty();
        try (MetricsServer second = new MetricsServer(MetricsServer.listen(address), asked::release)) {
            second.start();
            second.stop(values(1));
            second.awaitEnd();
        }
        Socket client = client(GET);
        bringWhenAsked(7);
        assertThat(answer(client)).endsWith("twinpath_uptime_seconds 7.0\n");
    }

    @Test
    void anAddressOfSomebodyElseCannotBeHad() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress taken = new InetSocketAddress(other.getInetAddress(), other.getLocalPort());
            assertThat(MetricsServer.objectionTo(taken)).contains("Address already in use");
            assertThatThrownBy(() -> MetricsServer.listen(taken))
                    .isInstanceOf(IOException.class)
                    .hasMessage("Address already in use");
        }
    }

    /** Stopped before it is started, the server finds all of them where the kernel keeps those that nobody has taken. */
    @Test
    void thoseWhoHaveConnectedBeforeTheEndAreAnswered() throws Exception {
        InetSocketAddress place = freeAddress();
        MetricsServer ending = new MetricsServer(MetricsServer.listen(place), asked::release);
        List<Socket> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Socket client = new Socket(place.getAddress(), place.getPort());
            clients.add(client);
            waiting.add(client);
            client.setSoTimeout(LIMIT_MS);
            client.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
        }
        ending.stop(values(9));
        ending.start();
        for (Socket client : waiting) {
            assertThat(answer(client)).endsWith("twinpath_uptime_seconds 9.0\n");
        }
        ending.awaitEnd();
        assertThat(ending.hasEnded()).isTrue();
        assertThatThrownBy(() -> new Socket(place.getAddress(), place.getPort()))
                .isInstanceOf(IOException.class);
    }
}
