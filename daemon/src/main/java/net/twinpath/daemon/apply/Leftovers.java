package net.twinpath.daemon.apply;

import java.io.IOException;
import java.util.Optional;
import net.twinpath.daemon.StartException;
import net.twinpath.linux.ErrnoException;
import net.twinpath.netlink.NetlinkException;
import net.twinpath.netlink.route.Link;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What daemons have left that were killed, or have handed their paths over: interfaces of paths that the configuration does
 * not name any more. What a running path holds, of this daemon or another, is none.
 */
public final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger("apply");

    private Leftovers() {}

    /** Gives such interfaces back as they were, and removes those that paths had made. */
    public static void giveBack(Interfaces interfaces, PortBaselines baselines) {
        for (int ifindex : baselines.ifindexes()) {
            Optional<Link> link = interfaces.links().find(ifindex);
            attempt(
                    link.map(Link::name).orElse("interface number " + ifindex),
                    () -> PortGround.giveBack(ifindex, link, interfaces, baselines));
        }
        for (Link link : interfaces.links().list()) {
            String alias = link.alias();
            if (alias != null && alias.equals(PathGround.ALIAS + link.name())) {
                attempt(link.name(), () -> remove(link, interfaces));
            }
        }
    }

    private interface Step {
        void run() throws StartException, IOException;
    }

    private static void attempt(String name, Step step) {
        try {
            step.run();
        } catch (StartException inUse) {
            LOG.debug("{}", inUse.getMessage());
        } catch (NetlinkException | ErrnoException | IOException e) {
            LOG.warn("{} is as a daemon left it that did not end cleanly: {}", name, e.getMessage());
        }
    }

    private static void remove(Link link, Interfaces interfaces) throws StartException {
        InterfaceLock lock = InterfaceLock.take(link.name());
        try {
            LOG.info("{}: removing what a daemon that did not end cleanly left", link.name());
            interfaces.links().delete(link.name());
        } finally {
            lock.close();
        }
    }
}
