package net.twinpath.config.machine;

/**
 * What {@link SysctlProfile#APPLIANCE} sets, each with its reason. Keys that a kernel does not have are skipped.
 *
 * <p>Sources: Documentation/admin-guide/sysctl and Documentation/networking/ip-sysctl.rst of the kernel, and the RFCs
 * named.
 */
public enum ApplianceSysctl {
    COMPACTION_PROACTIVENESS(
            "vm.compaction_proactiveness",
            "0",
            "The kernel does not move pages about in advance to make large blocks of memory, which stalls whoever uses them (Linux 5.9)."),
    COMPACT_UNEVICTABLE_ALLOWED(
            "vm.compact_unevictable_allowed",
            "0",
            "Locked memory, such as the rings of packet sockets, is not moved, so that using it never waits."),
    SWAPPINESS(
            "vm.swappiness",
            "10",
            "File caches give way before the memory of programs, because a daemon that is swapped out holds frames up for milliseconds."),
    STAT_INTERVAL(
            "vm.stat_interval",
            "10",
            "Memory statistics are folded every 10 s instead of every second, one interruption of every core less."),
    NUMA_BALANCING(
            "kernel.numa_balancing",
            "0",
            "Pages are not unmapped on trial to find out which node uses them, so that a thread does not fault for that."),
    RMEM_MAX(
            "net.core.rmem_max",
            "67108864",
            "A program may ask for a receive buffer of 64 MiB, the bandwidth-delay product of 10 Gbit/s and 50 ms."),
    WMEM_MAX("net.core.wmem_max", "67108864", "The same for send buffers."),
    RMEM_DEFAULT(
            "net.core.rmem_default",
            "1048576",
            "A UDP socket that asks for nothing takes a burst of some hundred frames instead of about ninety."),
    NETDEV_MAX_BACKLOG(
            "net.core.netdev_max_backlog",
            "16384",
            "So many frames may wait for a core; a path hands its frames to the host through this queue."),
    NETDEV_BUDGET(
            "net.core.netdev_budget",
            "600",
            "One round of receiving takes up to 600 frames before other work gets its turn, within the same limit of time."),
    SOMAXCONN("net.core.somaxconn", "8192", "So many established connections may wait for a server to accept them."),
    DEFAULT_QDISC(
            "net.core.default_qdisc",
            "fq",
            "Packets leave at the pace TCP asks for and no flow waits behind another; for interfaces made from now on."),
    TCP_CONGESTION_CONTROL(
            "net.ipv4.tcp_congestion_control",
            "bbr",
            "The rate follows bandwidth and delay as measured, so that what both links lose does not halve it."),
    TCP_RMEM(
            "net.ipv4.tcp_rmem",
            "4096 131072 67108864",
            "The receive window grows by itself up to the bandwidth-delay product of 10 Gbit/s and 50 ms."),
    TCP_WMEM("net.ipv4.tcp_wmem", "4096 65536 67108864", "The send buffer grows by itself as far."),
    TCP_WINDOW_SCALING("net.ipv4.tcp_window_scaling", "1", "Windows may be larger than 64 KiB (RFC 7323)."),
    TCP_MODERATE_RCVBUF(
            "net.ipv4.tcp_moderate_rcvbuf", "1", "The kernel enlarges receive windows as connections need it."),
    TCP_SLOW_START_AFTER_IDLE(
            "net.ipv4.tcp_slow_start_after_idle", "0", "A connection that paused goes on at the rate it had."),
    TCP_NOTSENT_LOWAT(
            "net.ipv4.tcp_notsent_lowat",
            "131072",
            "What a program writes last does not wait behind megabytes that have not been sent yet."),
    TCP_MTU_PROBING(
            "net.ipv4.tcp_mtu_probing",
            "1",
            "A connection whose large packets vanish goes on with smaller ones (RFC 4821), as on a way that has no room for a tag or trailer."),
    TCP_SYNCOOKIES(
            "net.ipv4.tcp_syncookies", "1", "A flood of connection requests does not keep others out (RFC 4987)."),
    TCP_MAX_SYN_BACKLOG(
            "net.ipv4.tcp_max_syn_backlog", "8192", "So many connection requests are remembered before that."),
    TCP_SYNACK_RETRIES(
            "net.ipv4.tcp_synack_retries",
            "3",
            "A request whose sender does not answer is forgotten after 15 s instead of a minute."),
    IP_LOCAL_PORT_RANGE(
            "net.ipv4.ip_local_port_range",
            "16384 65535",
            "49152 ports for outgoing connections instead of 28232; servers that begin later belong below 16384."),
    TCP_FIN_TIMEOUT(
            "net.ipv4.tcp_fin_timeout",
            "30",
            "A connection that this end has closed and the other has not is dropped after 30 s, which frees its port."),
    TCP_KEEPALIVE_TIME(
            "net.ipv4.tcp_keepalive_time",
            "60",
            "A silent connection with keep-alive is probed after a minute instead of two hours."),
    TCP_KEEPALIVE_INTVL("net.ipv4.tcp_keepalive_intvl", "10", "It is probed every 10 s from then on."),
    TCP_KEEPALIVE_PROBES(
            "net.ipv4.tcp_keepalive_probes",
            "6",
            "After six probes without an answer, two minutes in all, the other end counts as gone."),
    TCP_MIGRATE_REQ(
            "net.ipv4.tcp_migrate_req",
            "1",
            "When one of several listeners of a port (SO_REUSEPORT) closes, its waiting connections go to another instead of being reset (Linux 5.14)."),
    ARP_NOTIFY(
            "net.ipv4.conf.all.arp_notify",
            "1",
            "An interface that comes up says by ARP where its IPv4 addresses are, so that neighbours and switches need not time out."),
    NDISC_NOTIFY("net.ipv6.conf.all.ndisc_notify", "1", "The same for IPv6, by neighbour advertisements."),
    IPV4_GC_THRESH1(
            "net.ipv4.neigh.default.gc_thresh1",
            "4096",
            "So many IPv4 neighbours are kept however long they are silent."),
    IPV4_GC_THRESH2(
            "net.ipv4.neigh.default.gc_thresh2", "8192", "Above so many the table is cleared of those silent for 5 s."),
    IPV4_GC_THRESH3(
            "net.ipv4.neigh.default.gc_thresh3",
            "16384",
            "A network of thousands of nodes does not overflow the table, in which case packets would be dropped."),
    IPV6_GC_THRESH1("net.ipv6.neigh.default.gc_thresh1", "4096", "The same for IPv6 neighbours."),
    IPV6_GC_THRESH2("net.ipv6.neigh.default.gc_thresh2", "8192", "The same for IPv6 neighbours."),
    IPV6_GC_THRESH3("net.ipv6.neigh.default.gc_thresh3", "16384", "The same for IPv6 neighbours.");

    private final String key;
    private final String value;
    private final String reason;

    ApplianceSysctl(String key, String value, String reason) {
        this.key = key;
        this.value = value;
        this.reason = reason;
    }

    /** The key with dots, as sysctl(8) takes it. */
    public String key() {
        return key;
    }

    /** The value as the kernel wants it, with one space between numbers. */
    public String value() {
        return value;
    }

    /** What it is good for, in one sentence. */
    public String reason() {
        return reason;
    }
}
