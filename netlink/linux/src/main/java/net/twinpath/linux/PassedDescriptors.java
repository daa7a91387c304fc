package net.twinpath.linux;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The descriptors systemd passed to this process by their names (sd_listen_fds_with_names(3)), such as those a process
 * before it had put into the {@link DescriptorStore}.
 *
 * <pre>
 *  LISTEN_PID      this process's number; otherwise nothing is meant for it
 *  LISTEN_FDS      how many there are: the first is 3
 *  LISTEN_FDNAMES  their names, with colons between
 * </pre>
 */
public final class PassedDescriptors implements AutoCloseable {
    private static final int FIRST = 3;

    private final Map<String, Integer> descriptors = new LinkedHashMap<>();
    private final Set<String> names;

    private PassedDescriptors(List<String> named) {
        for (int i = 0; i < named.size(); i++) {
            Integer twin = descriptors.put(named.get(i), FIRST + i);
            if (twin != null) {
                LinuxSocket.ofFd(twin).close();
            }
        }
        names = new HashSet<>(descriptors.keySet());
    }

    /** Those that the variables of the environment tell of; one that is not what it should be tells of none. */
    public static PassedDescriptors of(Map<String, String> environment) {
        String pid = Long.toString(ProcessHandle.current().pid());
        if (!pid.equals(environment.get("LISTEN_PID"))) {
            return none();
        }
        List<String> named =
                List.of(environment.getOrDefault("LISTEN_FDNAMES", "").split(":", -1));
        boolean isWhole = Integer.toString(named.size()).equals(environment.get("LISTEN_FDS"));
        return isWhole ? new PassedDescriptors(named) : none();
    }

    /** No descriptors. */
    public static PassedDescriptors none() {
        return new PassedDescriptors(List.of());
    }

    /** Names of all that were passed, taken or not. */
    public Set<String> names() {
        return Set.copyOf(names);
    }

    /** The descriptor of this name, which is the caller's from now on; empty when there is none, or it was taken. */
    public OptionalInt take(String name) {
        Integer descriptor = descriptors.remove(name);
        return descriptor == null ? OptionalInt.empty() : OptionalInt.of(descriptor);
    }

    /** Closes those that nobody has taken. */
    @Override
    public void close() {
        descriptors.values().forEach(descriptor -> LinuxSocket.ofFd(descriptor).close());
        descriptors.clear();
    }
}
