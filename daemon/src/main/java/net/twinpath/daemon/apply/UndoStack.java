package net.twinpath.daemon.apply;

import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import jnr.constants.platform.Errno;
import net.twinpath.netlink.NetlinkException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What takes back the changes made so far, the latest first. A step that fails is reported and does not keep the others
 * from being taken back.
 */
public final class UndoStack implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("apply");

    private final Deque<Step> steps = new ArrayDeque<>();

    /** Something that takes a change back. */
    @FunctionalInterface
    public interface Undo {
        void run() throws Exception;
    }

    private record Step(String what, Undo undo) {}

    /**
     * Remembers how to take a change back that was just made.
     *
     * @param what names it when taking it back fails
     */
    public void push(String what, Undo undo) {
        steps.push(new Step(what, undo));
    }

    /** Takes all back; further calls do nothing. */
    @Override
    public void close() {
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            try {
                step.undo.run();
            } catch (NoSuchFileException e) {
                tellGone(step);
            } catch (NetlinkException e) {
                if (e.is(Errno.ENODEV)) {
                    tellGone(step);
                } else {
                    LOG.warn("not restored: {}: {}", step.what, e.getMessage());
                }
            } catch (Exception e) {
                LOG.warn("not restored: {}: {}", step.what, e.getMessage());
            }
        }
    }

    /** The kernel has no file for the sysctls of an interface either that is gone. */
    private static void tellGone(Step step) {
        LOG.debug("nothing to restore, the interface is gone: {}", step.what);
    }
}
