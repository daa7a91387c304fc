package net.twinpath.daemon.event;

/** Takes what happened from whoever detects it. */
@FunctionalInterface
public interface Events {
    /** Publishes an event; called by the control thread only. */
    void tell(Event event);
}
