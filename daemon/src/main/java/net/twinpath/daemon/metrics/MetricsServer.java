package net.twinpath.daemon.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import jnr.constants.platform.Errno;
import net.twinpath.linux.Epoll;
import net.twinpath.linux.ErrnoException;
import net.twinpath.linux.EventFd;
import net.twinpath.linux.LinuxSocket;
import net.twinpath.linux.Socket;
import net.twinpath.linux.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code GET /metrics} over HTTP/1.1 at one address, one request a connection, in a thread of its own. It asks for
 * the values, and somebody else brings them; nobody ever waits for it, and it waits for no client.
 *
 * <p>The address may be shared with another process of the same user that listens so, too (SO_REUSEPORT, socket(7)): the
 * kernel gives each connection to one of them. That is how a daemon takes over from one that is about to stop.
 */
public final class MetricsServer implements AutoCloseable {
    /** Connections at once; for a further one the one goes that has been silent for longest. */
    static final int MAX_CONNECTIONS = 32;

    /** Connections the kernel keeps until they are taken. */
    private static final int BACKLOG = 128;

    /** Values are asked for so often at most, milliseconds. */
    private static final int VALUES_INTERVAL_MS = 50;

    /** How long those that are connected at the end may take, milliseconds. */
    private static final long LAST_ANSWERS_MS = 1_000;

    private static final String NO_IPV6 = "this machine has no IPv6";
    private static final int TICK_MS = 200;
    private static final long NANOS_PER_MS = 1_000_000;
    private static final Logger LOG = LoggerFactory.getLogger("metrics");

    private final Runnable askForValues;
    private final Epoll epoll = new Epoll();
    private final EventFd wake = new EventFd();
    private final LinuxSocket listener;
    private final Thread thread;
    private final Deque<Scrape> scrapes = new ArrayDeque<>();
    private final AtomicReference<@Nullable MetricSnapshots> brought = new AtomicReference<>();
    private volatile @Nullable MetricSnapshots last;
    private volatile boolean leavesListener;
    private boolean isListening = true;
    private boolean isAsked;
    private long askedMs;
    private long resumeMs;

    /**
     * Answers at a socket that {@link #listen} has made, in this process or one before, once it is started.
     *
     * @param listener     closed at the end
     * @param askForValues called in this server's thread when {@link #bring} is wanted
     */
    public MetricsServer(LinuxSocket listener, Runnable askForValues) {
        this.listener = listener;
        this.askForValues = askForValues;
        epoll.add(listener.fd());
        epoll.add(wake.fd());
        thread = new Thread(this::run, "metrics");
        thread.setDaemon(true);
    }

    /**
     * Listens at an address.
     *
     * @throws IOException when it cannot be had, with the reason
     */
    public static LinuxSocket listen(InetSocketAddress address) throws IOException {
        LinuxSocket socket = bound(address);
        try {
            socket.listen(BACKLOG);
            return socket;
        } catch (ErrnoException e) {
            socket.close();
            throw refusal(e);
        }
    }

    private static LinuxSocket bound(InetSocketAddress address) throws IOException {
        LinuxSocket socket = open(address);
        try {
            socket.option(Socket.SOL_SOCKET, Socket.SO_REUSEADDR, 1);
            socket.option(Socket.SOL_SOCKET, Socket.SO_REUSEPORT, 1);
            socket.bind(SocketAddress.inet(address));
            return socket;
        } catch (ErrnoException e) {
            socket.close();
            throw refusal(e);
        }
    }

    private static IOException refusal(ErrnoException reason) {
        return new IOException(Errno.valueOf(reason.errno()).description(), reason);
    }

    private static LinuxSocket open(InetSocketAddress address) throws IOException {
        int family = address.getAddress() instanceof Inet6Address ? Socket.AF_INET6 : Socket.AF_INET;
        try {
            return LinuxSocket.open(family, Socket.SOCK_STREAM | Socket.SOCK_NONBLOCK, 0);
        } catch (ErrnoException e) {
            throw new IOException(NO_IPV6, e);
        }
    }

    /** Why an address cannot be had; empty when it can. Nothing is answered there meanwhile. */
    public static Optional<String> objectionTo(InetSocketAddress address) {
        try {
            bound(address).close();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    public void start() {
        thread.start();
    }

    /** Brings the values that were asked for; called by any thread. */
    public void bring(MetricSnapshots values) {
        brought.set(values);
        wake.raise();
    }

    /** Has it take no further connection, answer those there are with these values, and end; does not wait for that. */
    public void stop(MetricSnapshots values) {
        last = values;
        wake.raise();
    }

    /** The socket's descriptor, open until {@link #stop} or {@link #leave}. */
    int listenerFd() {
        return listener.fd();
    }

    /** As {@link #stop}, but those whose connections it has not taken yet wait for another that listens at the same socket. */
    void leave(MetricSnapshots values) {
        leavesListener = true;
        stop(values);
    }

    /** Whether it has answered its last. */
    public boolean hasEnded() {
        return !thread.isAlive();
    }

    /** Waits for the end after {@link #stop}: a second or so at most, not at all when nobody is connected. */
    public void awaitEnd() {
        try {
            thread.join(2 * LAST_ANSWERS_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (last == null) {
                select();
            }
            stopListening();
            if (!leavesListener) {
                acceptTheLast();
            }
            long endMs = nowMs() + LAST_ANSWERS_MS;
            while (!scrapes.isEmpty() && nowMs() < endMs) {
                select();
            }
        } catch (RuntimeException e) {
            LOG.error("metrics are not answered any more", e);
        } finally {
            close();
        }
    }

    private static long nowMs() {
        return System.nanoTime() / NANOS_PER_MS;
    }

    private void select() {
        epoll.await(isValuesWanted() && !isAsked ? VALUES_INTERVAL_MS : TICK_MS, this::ready);
        answer();
        for (Scrape scrape : scrapes) {
            attempt(scrape, () -> scrape.tick(nowMs()));
        }
        scrapes.removeIf(Scrape::isOver);
        if (!isListening && last == null && nowMs() >= resumeMs) {
            isListening = true;
            epoll.add(listener.fd());
        }
        ask();
    }

    private void ready(int fd) {
        if (fd == wake.fd()) {
            wake.drain();
        } else if (fd == listener.fd()) {
            accept();
        } else {
            scrapes.stream()
                    .filter(scrape -> !scrape.isOver() && scrape.fd() == fd)
                    .findFirst()
                    .ifPresent(scrape -> attempt(scrape, () -> scrape.proceed(nowMs())));
        }
    }

    /** A step fails when the client has gone. */
    private static void attempt(Scrape scrape, Runnable step) {
        try {
            step.run();
        } catch (ErrnoException gone) {
            LOG.debug("a client has gone", gone);
            scrape.close();
        }
    }

    /** Without descriptors a client that waits would be found ready again and again: it is left for a while. */
    private void accept() {
        try {
            LinuxSocket client = listener.accept();
            if (client != null) {
                makeRoom();
                scrapes.add(new Scrape(client, epoll, nowMs()));
            }
        } catch (ErrnoException e) {
            LOG.debug("a client cannot be taken", e);
            stopListening();
            resumeMs = nowMs() + TICK_MS;
        }
    }

    private void stopListening() {
        if (isListening) {
            isListening = false;
            epoll.remove(listener.fd());
        }
    }

    private void makeRoom() {
        scrapes.removeIf(Scrape::isOver);
        if (scrapes.size() >= MAX_CONNECTIONS) {
            Scrape oldest =
                    scrapes.stream().filter(Scrape::isSilent).findFirst().orElseGet(scrapes::getFirst);
            oldest.close();
            scrapes.remove(oldest);
        }
    }

    /**
     * What has not been taken when the listener is closed would be reset. So whoever connects from now on is not heard, asks
     * again a second later, and finds another that listens there, if any does.
     */
    private void acceptTheLast() {
        listener.dropAllInput();
        for (LinuxSocket client = listener.accept(); client != null; client = listener.accept()) {
            scrapes.add(new Scrape(client, epoll, nowMs()));
        }
        listener.close();
    }

    private void ask() {
        if (!isAsked && isValuesWanted() && last == null && nowMs() - askedMs >= VALUES_INTERVAL_MS) {
            isAsked = true;
            askedMs = nowMs();
            askForValues.run();
        }
    }

    private boolean isValuesWanted() {
        return scrapes.stream().anyMatch(Scrape::wantsValues);
    }

    private void answer() {
        MetricSnapshots values = brought.getAndSet(null);
        if (values != null) {
            isAsked = false;
        }
        MetricSnapshots now = last == null ? values : last;
        if (now == null) {
            return;
        }
        for (Scrape scrape : scrapes) {
            if (scrape.wantsValues()) {
                attempt(scrape, () -> scrape.answer(now, nowMs()));
            }
        }
    }

    /** Gives the address back, when it was not started. */
    @Override
    public void close() {
        scrapes.forEach(Scrape::close);
        listener.close();
        epoll.close();
        wake.close();
    }
}
