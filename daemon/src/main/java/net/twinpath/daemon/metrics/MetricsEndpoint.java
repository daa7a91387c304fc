package net.twinpath.daemon.metrics;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import net.twinpath.config.MetricsSettings;
import net.twinpath.config.MetricsSettings.Listen;
import net.twinpath.daemon.StartException;
import net.twinpath.linux.DescriptorStore;
import net.twinpath.linux.ErrnoException;
import net.twinpath.linux.EventFd;
import net.twinpath.linux.LinuxSocket;
import net.twinpath.linux.PassedDescriptors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The place where metrics are answered over HTTP, as the configuration has it now; used by the control thread only. */
public final class MetricsEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("metrics");

    private final EventFd wake;
    private final List<MetricsServer> ending = new ArrayList<>();
    private Supplier<MetricSnapshots> values = MetricSnapshots::new;
    private PassedDescriptors passed = PassedDescriptors.none();
    private @Nullable Place place;

    private record Place(InetSocketAddress address, MetricsServer server, AtomicBoolean isAsked) {}

    /** What has been made ready for other settings; {@link #take} begins with it, {@link #drop} gives it back. */
    public static final class Prepared {
        private final @Nullable Place place;

        private Prepared(@Nullable Place place) {
            this.place = place;
        }
    }

    /** @param wake raised when {@link #serve} is to be called */
    public MetricsEndpoint(EventFd wake) {
        this.wake = wake;
    }

    /** Learns where the values are got from, as they are at the time. */
    public void valuesFrom(Supplier<MetricSnapshots> now) {
        values = now;
    }

    /**
     * Makes ready what settings want; what is answered now goes on.
     *
     * @throws StartException when the address cannot be had
     */
    public Prepared prepare(MetricsSettings settings) throws StartException {
        Optional<Listen> listen = settings.listen();
        if (listen.isEmpty()) {
            return new Prepared(null);
        }
        InetSocketAddress address = listen.get().address();
        if (isAnswered(address)) {
            return new Prepared(place);
        }
        AtomicBoolean isAsked = new AtomicBoolean();
        try {
            MetricsServer server = new MetricsServer(listener(address), () -> {
                isAsked.set(true);
                wake.raise();
            });
            return new Prepared(new Place(address, server, isAsked));
        } catch (IOException e) {
            throw new StartException(message(listen.get(), String.valueOf(e.getMessage())));
        }
    }

    /** The daemon before may have left its own, with those who have connected meanwhile. */
    private LinuxSocket listener(InetSocketAddress address) throws IOException {
        OptionalInt left = passed.take(descriptorName(address));
        return left.isPresent() ? LinuxSocket.ofFd(left.getAsInt()) : MetricsServer.listen(address);
    }

    private static String descriptorName(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress().replace(':', '.');
        return "metrics/" + host + "/" + address.getPort();
    }

    /** Learns what the daemon before has left. */
    public void goOnWith(PassedDescriptors now) {
        passed = now;
    }

    /** Why settings cannot be taken now; empty when they can. Takes no connection from anybody. */
    public Optional<String> objectionTo(MetricsSettings settings) {
        return settings.listen()
                .filter(listen -> !isAnswered(listen.address()))
                .flatMap(listen -> MetricsServer.objectionTo(listen.address()).map(reason -> message(listen, reason)));
    }

    private boolean isAnswered(InetSocketAddress address) {
        return place != null
                && place.address().equals(address)
                && !place.server().hasEnded();
    }

    private static String message(Listen listen, String reason) {
        InetSocketAddress address = listen.address();
        return listen.source() + ": metrics.listen: cannot listen at " + text(address) + ": " + reason
                + "; set another address or port";
    }

    /** As the configuration writes it. */
    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[::1]" : host) + ":" + address.getPort();
    }

    /** Gives back what is not wanted after all. */
    public void drop(Prepared prepared) {
        if (prepared.place != null && !prepared.place.equals(place)) {
            prepared.place.server().close();
        }
    }

    /** Goes over to what was made ready. */
    public void take(Prepared prepared) {
        Place now = prepared.place;
        if (Objects.equals(now, place)) {
            return;
        }
        if (now != null) {
            now.server().start();
            LOG.info("answered at http://{}/metrics", text(now.address()));
        }
        stop(values);
        place = now;
    }

    private void stop(Supplier<MetricSnapshots> last) {
        if (place != null) {
            place.server().stop(last.get());
            ending.removeIf(MetricsServer::hasEnded);
            ending.add(place.server());
            place = null;
        }
    }

    /** Brings the values when they were asked for. */
    public void serve() {
        if (place != null && place.isAsked().getAndSet(false)) {
            place.server().bring(values.get());
        }
    }

    /** Takes no more connections, and answers those there are with the values as they are now. */
    public void end() {
        stop(values);
    }

    /** Takes no more connections; those who connect from now on are the next daemon's to answer. */
    public void leave(DescriptorStore store) {
        if (place == null) {
            return;
        }
        try {
            store.keep(descriptorName(place.address()), place.server().listenerFd());
            place.server().leave(values.get());
            ending.add(place.server());
            place = null;
        } catch (ErrnoException e) {
            LOG.warn("systemd has not taken the listening socket: {}", e.getMessage());
            end();
        }
    }

    /** Waits until those have been answered who were connected at the {@link #end}. */
    @Override
    public void close() {
        stop(MetricSnapshots::new);
        ending.forEach(MetricsServer::awaitEnd);
    }
}
