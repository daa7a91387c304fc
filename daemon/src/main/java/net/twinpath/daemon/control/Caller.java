package net.twinpath.daemon.control;

import java.util.Optional;

/** The client a request comes from, as the methods see it. */
public interface Caller {
    /** User id of the process at the other end. */
    int uid();

    /** Process id of the process at the other end. */
    int pid();

    /** Whether it may call what changes something. */
    default boolean mayChange() {
        return uid() == 0;
    }

    /**
     * Begins a subscription.
     *
     * @throws RefusedException when the client has as many as it may
     */
    String subscribe(Subscription subscription) throws RefusedException;

    /** Ends a subscription; empty when the client has none of this name. */
    Optional<Subscription> unsubscribe(String id);

    /** Has something done when the connection ends, however it ends. */
    void whenGone(Runnable work);
}
