package net.twinpath.duppath.port;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.twinpath.linux.EventFd;

/**
 * The links an agent works with; the control thread hands it new ones, which it takes up between two frames, so that no
 * other link loses any.
 */
public final class LinksInUse implements AutoCloseable {
    private static final long TAKE_UP_LIMIT_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long LOOK_AGAIN_NS = 100_000;

    private final EventFd wake = new EventFd();
    private volatile Port[] offered;
    private volatile Port[] taken;

    /** @param links the links to begin with */
    public LinksInUse(List<Port> links) {
        offered = links.toArray(new Port[0]);
        taken = offered;
    }

    /** Becomes readable when there are new links, or when the agent is to look whether it should end. */
    public int wakeFd() {
        return wake.fd();
    }

    /** Wakes the agent. */
    public void wake() {
        wake.raise();
    }

    /** The links the agent works with now. */
    public Port[] current() {
        return taken;
    }

    /** True when the agent has other links to take up; called by the agent. */
    public boolean isChanged() {
        return offered != taken;
    }

    /** Takes the new links up; called by the agent, which has no frame under way. */
    public Port[] takeUp() {
        wake.drain();
        taken = offered;
        return taken;
    }

    /**
     * Hands the agent other links and waits until it works with them; called by the control thread.
     *
     * @return false when the agent has not taken them up within two seconds, because it has ended
     */
    public boolean change(List<Port> links) {
        // In this order: raised after the agent has taken them up, nothing would lower it again, and it would never
        // sleep.
        wake.raise();
        offered = links.toArray(new Port[0]);
        long deadlineNs = System.nanoTime() + TAKE_UP_LIMIT_NS;
        while (taken != offered) {
            if (System.nanoTime() - deadlineNs > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NS);
        }
        return true;
    }

    @Override
    public void close() {
        wake.close();
    }
}
