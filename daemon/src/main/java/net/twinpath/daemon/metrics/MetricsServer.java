package net.twinpath.daemon.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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
    private static final long VALUES_INTERVAL_MS = 50;

    /** How long those that are connected at the end may take, milliseconds. */
    private static final long LAST_ANSWERS_MS = 1_000;

    private static final String NO_IPV6 = "this machine has no IPv6";
    private static final long TICK_MS = 200;
    private static final long NANOS_PER_MS = 1_000_000;
    private static final Logger LOG = LoggerFactory.getLogger("metrics");

    private final Runnable askForValues;
    private final Selector selector;
    private final ServerSocketChannel listener;
    private final SelectionKey listening;
    private final Thread thread;
    private final Deque<Scrape> scrapes = new ArrayDeque<>();
    private final AtomicReference<@Nullable MetricSnapshots> brought = new AtomicReference<>();
    private volatile @Nullable MetricSnapshots last;
    private boolean isAsked;
    private long askedMs;
    private long resumeMs;

    /**
     * Opens an address; {@link #start} has it answered.
     *
     * @param askForValues called in this server's thread when {@link #bring} is wanted
     * @throws IOException when it cannot be had
     */
    public MetricsServer(InetSocketAddress address, Runnable askForValues) throws IOException {
        this.askForValues = askForValues;
        selector = Selector.open();
        try {
            listener = listen(address);
            listener.configureBlocking(false);
            listening = listener.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            selector.close();
            throw e;
        }
        thread = new Thread(this::run, "metrics");
        thread.setDaemon(true);
    }

    private static ServerSocketChannel listen(InetSocketAddress address) throws IOException {
        ServerSocketChannel channel = open(address);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            return channel.bind(address, BACKLOG);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static ServerSocketChannel open(InetSocketAddress address) throws IOException {
        try {
            return ServerSocketChannel.open(family(address));
        } catch (UnsupportedOperationException e) {
            throw new IOException(NO_IPV6, e);
        }
    }

    private static StandardProtocolFamily family(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET;
    }

    /** Why an address cannot be had; empty when it can. Nothing is answered there meanwhile. */
    public static Optional<String> objectionTo(InetSocketAddress address) {
        try (SocketChannel probe = SocketChannel.open(family(address))) {
            probe.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            probe.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            probe.bind(address);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.ofNullable(e.getMessage());
        } catch (UnsupportedOperationException e) {
            return Optional.of(NO_IPV6);
        }
    }

    public void start() {
        thread.start();
    }

    /** Brings the values that were asked for; called by any thread. */
    public void bring(MetricSnapshots values) {
        brought.set(values);
        selector.wakeup();
    }

    /** Has it take no further connection, answer those there are with these values, and end; does not wait for that. */
    public void stop(MetricSnapshots values) {
        last = values;
        selector.wakeup();
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
            acceptTheLast();
            long endMs = nowMs() + LAST_ANSWERS_MS;
            while (!scrapes.isEmpty() && nowMs() < endMs) {
                select();
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("metrics are not answered any more", e);
        } finally {
            close();
        }
    }

    private static long nowMs() {
        return System.nanoTime() / NANOS_PER_MS;
    }

    private void select() throws IOException {
        selector.select(this::ready, isValuesWanted() && !isAsked ? VALUES_INTERVAL_MS : TICK_MS);
        answer();
        for (Scrape scrape : scrapes) {
            attempt(scrape, () -> scrape.tick(nowMs()));
        }
        scrapes.removeIf(Scrape::isOver);
        if (listening.isValid() && listening.interestOps() == 0 && nowMs() >= resumeMs) {
            listening.interestOps(SelectionKey.OP_ACCEPT);
        }
        ask();
    }

    private void ready(SelectionKey key) {
        if (key == listening) {
            accept();
        } else {
            Scrape scrape = (Scrape) key.attachment();
            attempt(scrape, () -> scrape.proceed(nowMs()));
        }
    }

    /** A step that fails when the client has gone. */
    @FunctionalInterface
    private interface ClientStep {
        void run() throws IOException;
    }

    private static void attempt(Scrape scrape, ClientStep step) {
        try {
            step.run();
        } catch (IOException gone) {
            LOG.debug("a client has gone", gone);
            scrape.close();
        }
    }

    /** Without descriptors a client that waits would be found ready again and again: it is left for a while. */
    private void accept() {
        try {
            SocketChannel channel = listener.accept();
            if (channel != null) {
                makeRoom();
                take(channel);
            }
        } catch (IOException e) {
            LOG.debug("a client cannot be taken", e);
            listening.interestOps(0);
            resumeMs = nowMs() + TICK_MS;
        }
    }

    private void take(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        Scrape scrape = new Scrape(channel, nowMs());
        scrape.registered(channel.register(selector, SelectionKey.OP_READ, scrape));
        scrapes.add(scrape);
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
     * What has not been taken when the listener is closed would be reset. It leaves the selector first, which would keep it
     * open for a while.
     */
    private void acceptTheLast() throws IOException {
        listening.cancel();
        selector.selectNow();
        for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
            take(channel);
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
        try {
            listener.close();
            selector.close();
        } catch (IOException e) {
            LOG.debug("closed all the same", e);
        }
    }
}
