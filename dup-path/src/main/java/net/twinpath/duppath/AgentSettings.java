package net.twinpath.duppath;

/**
 * How a path's two agents run.
 *
 * @param sendCore    core that the send agent is pinned to, from 0; {@link #ANY_CORE} to leave it to the kernel
 * @param receiveCore core that the receive agent is pinned to, likewise
 * @param busyPolling whether the agents look for frames again and again rather than sleep until some come
 */
public record AgentSettings(int sendCore, int receiveCore, boolean busyPolling) {
    /** The kernel moves the agent between cores as it likes. */
    public static final int ANY_CORE = -1;

    /** Agents that the kernel moves as it likes and that sleep while nothing comes. */
    public static AgentSettings defaults() {
        return new AgentSettings(ANY_CORE, ANY_CORE, false);
    }
}
