package net.twinpath.daemon.control;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A client with no connection. */
final class FakeCaller implements Caller {
    private final int uid;
    private final Map<String, Subscription> subscriptions = new HashMap<>();

    FakeCaller(int uid) {
        this.uid = uid;
    }

    @Override
    public int uid() {
        return uid;
    }

    @Override
    public int pid() {
        return 42;
    }

    @Override
    public String subscribe(Subscription subscription) {
        String id = "s" + (subscriptions.size() + 1);
        subscriptions.put(id, subscription);
        return id;
    }

    @Override
    public Optional<Subscription> unsubscribe(String id) {
        return Optional.ofNullable(subscriptions.remove(id));
    }

    @Override
    public void whenGone(Runnable work) {}
}
