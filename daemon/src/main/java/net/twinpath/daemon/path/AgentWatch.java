package net.twinpath.daemon.path;

import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds an agent that neither works nor fails: its duty cycles stand still, while an idle one still goes round. */
final class AgentWatch {
    /** Four times as long as an idle agent waits for frames. */
    private static final long HANGS_AFTER_MS = 2_000;

    /** All of the process may have stood still between two looks, which is no agent's fault. */
    private static final long MOST_BETWEEN_LOOKS_MS = 500;

    private static final Logger LOG = LoggerFactory.getLogger("path");

    private final String pathName;
    private final Map<String, Long> stoodMs = new TreeMap<>();
    private Map<String, Long> cycles = Map.of();
    private long lookedAtMs;
    private boolean hangs;

    /** @param pathName the path's, for the log */
    AgentWatch(String pathName) {
        this.pathName = pathName;
    }

    /**
     * Takes how far the agents are.
     *
     * @param now   duty cycles by the agent's name; other agents than those before begin anew
     * @param nowMs milliseconds, never going back
     */
    void look(Map<String, Long> now, long nowMs) {
        long sinceMs = Math.min(MOST_BETWEEN_LOOKS_MS, nowMs - lookedAtMs);
        now.forEach((agent, count) -> {
            boolean stands = count.equals(cycles.get(agent));
            stoodMs.put(agent, stands ? stoodMs.getOrDefault(agent, 0L) + sinceMs : 0);
        });
        stoodMs.keySet().retainAll(now.keySet());
        cycles = now;
        lookedAtMs = nowMs;
        boolean hung = hangs;
        hangs = stoodMs.values().stream().anyMatch(ms -> ms >= HANGS_AFTER_MS);
        if (hangs && !hung) {
            LOG.error("{}: an agent stands still, ms: {}", pathName, stoodMs);
        }
    }

    /** Whether one has stood still for 2 s at the last look. */
    boolean hangs() {
        return hangs;
    }
}
